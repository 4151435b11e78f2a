import type { ComponentChildren } from "preact";
import type { Choices, CountsAsPaid, OrderList, Settings } from "../../../worker/contract/index.ts";
import { Button, Message, Panel } from "../../components/basics.tsx";
import { CellSelect, type Options, Select } from "../../components/field.tsx";
import { Empty } from "../../components/load.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { plural } from "../../lib/format.ts";
import { useQuery } from "../../lib/query.ts";
import { storeApi, storePath } from "../../lib/store.ts";
import { COUNTS_AS_PAID } from "../../lib/words.ts";
import { CsvPanel } from "./csv.tsx";
import { edit, tie } from "./draft.ts";
import { SelectAt, SwitchAt } from "./fields.tsx";
import { useListed } from "./listed.ts";
import { Preview } from "./preview.tsx";
import type { SectionProps } from "./section.ts";

const WHEN = Object.entries(COUNTS_AS_PAID) as [CountsAsPaid, string][];

const LONG = [1, 2, 3, 4, 5, 7, 10, 14, 21, 30, 45, 60];
const daysWord = (n: number) => (n === 0 ? "Not held" : plural(n, "day", "days"));
const DAYS: Options = [0, ...LONG].map((n) => [String(n), daysWord(n)] as const);

const missing = (settings: Settings, choices: Choices) =>
  choices.paymentMethods.filter((m) => !settings.payments.methods.some((row) => row.key === m.key));

/** Sales whose money waits for a person (F47). */
function NotWritten() {
  const n = useQuery<OrderList>(storeApi`/orders?view=log&state=unpaid&perPage=1`).data.value?.total ?? 0;
  if (n === 0) return null;
  return (
    <Message type="warning" title={`${plural(n, "sale has", "sales have")} a payment that is not in Cin7 Core`}>
      {"No account was chosen for its method, or BigCommerce does not show what a payment needs. "}
      <a href={storePath("/orders/log?state=unpaid")}>See amounts, methods and sales</a>
    </Message>
  );
}

export function Payments({ settings, choices, reload, locked }: SectionProps) {
  const accounts = accountsOf(choices);
  const { busy, load } = useMethods({ settings, choices, reload, locked });
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
        <SwitchAt
          at="payments.on"
          label="Write payments"
          text="While this is off, no payment is written to Cin7 Core, and invoices stay unpaid. Orders and invoices go on."
          locked={locked}
        />
        <UnpaidDays days={settings.payments.unpaidDays} locked={locked} />
        {settings.payments.methods.length ? (
          <Table
            caption="Payment methods"
            rows={settings.payments.methods}
            rowKey={(row) => row.key}
            columns={columnsOf(accounts, settings.payments.unpaidDays, locked)}
          />
        ) : (
          <Empty title="No payment methods yet">Load them from BigCommerce, then choose an account for each.</Empty>
        )}
        <SelectAt
          at="payments.otherAccount"
          label="Every other payment method"
          text="For a method that is not in the table, such as a new one. Ask me leaves the invoice unpaid and tells you; the order goes on."
          options={[["", "Ask me"], ...accounts.slice(1)]}
          locked={locked}
        />
        <NotWritten />
        <Preview />
      </Panel>
      <CsvPanel kind="payments" locked={locked} />
    </>
  );
}

const accountsOf = (choices: Choices): Options => [
  ["", "No account: stays unpaid"],
  ...choices.paymentAccounts.map((a) => [a.code, `${a.code} ${a.name}${a.currency ? ` (${a.currency})` : ""}`] as const),
];

/** Each method with its account alone. */
export const MethodAccounts = ({ settings, choices, locked }: Pick<SectionProps, "settings" | "choices" | "locked">) => (
  <Table
    caption="Payment methods"
    rows={settings.payments.methods}
    rowKey={(row) => row.key}
    columns={columnsOf(accountsOf(choices), settings.payments.unpaidDays, locked).slice(0, 3)}
  />
);

const useMethods = (props: SectionProps) =>
  useListed(props, {
    isEmpty: props.settings.payments.methods.length === 0,
    missing: (live) => missing(props.settings, live).length,
    put: (live) =>
      edit("payments.methods", (s) => {
        for (const m of missing(s, live))
          s.payments.methods.push({ key: m.key, name: m.name, account: null, countsAsPaid: m.countsAsPaid });
      }),
    words: ["payment method", "payment methods"],
  });

function UnpaidDays({ days: chosen, locked }: { days: number; locked: boolean }) {
  return (
    <Select
      label="Unpaid orders hold their stock for"
      text="An order that is placed and not paid keeps its goods from being sold twice. After these days they are for sale again and you are told; if it is paid later, it is taken as ever."
      value={String(chosen)}
      options={DAYS}
      disabled={locked}
      {...tie("payments.unpaidDays")}
      onChange={(e) => {
        const days = Number(e.currentTarget.value);
        edit("payments.unpaidDays", (s) => {
          s.payments.unpaidDays = days;
        });
      }}
    />
  );
}

type Method = Settings["payments"]["methods"][number];

/** One choice of one method. `pick`: puts it into the document. */
function MethodCell(props: {
  i: number;
  row: Method;
  field: "account" | "countsAsPaid" | "unpaidDays";
  words: string;
  options: Options;
  locked: boolean;
  pick: (method: Method, value: string) => void;
}) {
  const { i, row, field, words, options, locked, pick } = props;
  const path = `payments.methods.${i}.${field}`;
  return (
    <CellSelect
      label={`${row.name}: ${words}`}
      options={options}
      value={String(row[field] ?? "")}
      disabled={locked}
      {...tie(path)}
      onChange={(e) => {
        const { value } = e.currentTarget;
        edit(path, (s) => {
          const target = s.payments.methods[i];
          if (target) pick(target, value);
        });
      }}
    />
  );
}

function putUnpaidDays(method: Method, value: string) {
  if (value === "") delete method.unpaidDays;
  else method.unpaidDays = Number(value);
}

function columnsOf(accounts: Options, unpaidDays: number, locked: boolean): Column<Method>[] {
  const cell =
    (rest: Omit<Parameters<typeof MethodCell>[0], "i" | "row" | "locked">) =>
    (row: Method, i: number): ComponentChildren => <MethodCell {...rest} i={i} row={row} locked={locked} />;
  const asAbove = ["", `As set above (${daysWord(unpaidDays).toLowerCase()})`] as const;
  return [
    { key: "name", header: "Payment method", head: true, cell: (row) => row.name },
    {
      key: "account",
      header: "Account in Cin7",
      wide: true,
      cell: cell({
        field: "account",
        words: "account in Cin7",
        options: accounts,
        pick: (method, code) => {
          method.account = code || null;
        },
      }),
    },
    {
      key: "paid",
      header: "Counts as paid",
      wide: true,
      cell: cell({
        field: "countsAsPaid",
        words: "counts as paid",
        options: WHEN,
        pick: (method, when) => {
          method.countsAsPaid = when as CountsAsPaid;
        },
      }),
    },
    {
      key: "unpaid",
      header: "Unpaid orders hold stock",
      wide: true,
      cell: cell({ field: "unpaidDays", words: "unpaid orders hold stock", options: [asAbove, ...DAYS], pick: putUnpaidDays }),
    },
  ];
}
