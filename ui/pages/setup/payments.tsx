import { useSignal } from "@preact/signals";
import type { Choices, CountsAsPaid, Settings } from "../../../worker/contract.ts";
import { Button, Panel } from "../../components/basics.tsx";
import { CellSelect, type Options } from "../../components/field.tsx";
import { Empty } from "../../components/load.tsx";
import { Table } from "../../components/table.tsx";
import { toast } from "../../components/toast.tsx";
import { plural } from "../../lib/format.ts";
import { COUNTS_AS_PAID } from "../../lib/words.ts";
import { CsvPanel } from "./csv.tsx";
import { edit, tie, useFirst } from "./draft.ts";
import type { SectionProps } from "./setup.tsx";

const WHEN = Object.entries(COUNTS_AS_PAID) as [CountsAsPaid, string][];

const missing = (settings: Settings, choices: Choices) =>
  choices.paymentMethods.filter((m) => !settings.payments.methods.some((row) => row.key === m.key));

export function Payments({ settings, choices, reload, locked }: SectionProps) {
  const accounts: Options = [
    ["", "No account: stays unpaid"],
    ...choices.paymentAccounts.map((a) => [a.code, `${a.code} ${a.name}${a.currency ? ` (${a.currency})` : ""}`] as const),
  ];
  const busy = useSignal(false);
  const add = (live: Choices) =>
    edit("payments.methods", (s) => {
      for (const m of missing(s, live)) s.payments.methods.push({ key: m.key, name: m.name, account: null, countsAsPaid: "captured" });
    });
  useFirst(locked || settings.payments.methods.length > 0, () => add(choices));
  const load = async () => {
    busy.value = true;
    const live = await reload();
    busy.value = false;
    if (!live) return;
    const added = missing(settings, live).length;
    add(live);
    toast(
      added
        ? `${plural(added, "payment method was", "payment methods were")} added.`
        : "All payment methods of BigCommerce are in the table.",
    );
  };
  return (
    <>
      <Panel
        title="Payments"
        text="Which account receives each method, and when it counts as paid. Without an account the invoice stays unpaid, and you enter the payment yourself."
        actions={
          <Button variant="secondary" disabled={locked} busy={busy.value} onClick={() => void load()}>
            Load from BigCommerce
          </Button>
        }
      >
        {settings.payments.methods.length ? (
          <Table
            caption="Payment methods"
            rows={settings.payments.methods}
            rowKey={(row) => row.key}
            columns={[
              { key: "name", header: "Payment method", head: true, cell: (row) => row.name },
              {
                key: "account",
                header: "Account in Cin7",
                wide: true,
                cell: (row, i) => (
                  <CellSelect
                    label={`${row.name}: account in Cin7`}
                    options={accounts}
                    value={row.account ?? ""}
                    disabled={locked}
                    {...tie(`payments.methods.${i}.account`)}
                    onChange={(e) => {
                      const code = e.currentTarget.value || null;
                      edit(`payments.methods.${i}.account`, (s) => {
                        const target = s.payments.methods[i];
                        if (target) target.account = code;
                      });
                    }}
                  />
                ),
              },
              {
                key: "paid",
                header: "Counts as paid",
                wide: true,
                cell: (row, i) => (
                  <CellSelect
                    label={`${row.name}: counts as paid`}
                    options={WHEN}
                    value={row.countsAsPaid}
                    disabled={locked}
                    {...tie(`payments.methods.${i}.countsAsPaid`)}
                    onChange={(e) => {
                      const when = e.currentTarget.value as CountsAsPaid;
                      edit(`payments.methods.${i}.countsAsPaid`, (s) => {
                        const target = s.payments.methods[i];
                        if (target) target.countsAsPaid = when;
                      });
                    }}
                  />
                ),
              },
            ]}
          />
        ) : (
          <Empty title="No payment methods yet">Load them from BigCommerce, then choose an account for each.</Empty>
        )}
      </Panel>
      <CsvPanel kind="payments" locked={locked} />
    </>
  );
}
