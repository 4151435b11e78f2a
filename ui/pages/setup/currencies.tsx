import { useSignal } from "@preact/signals";
import type { CustomerChoices, Settings } from "../../../worker/contract/index.ts";
import { Button, Panel } from "../../components/basics.tsx";
import { CellSelect, Input, Select } from "../../components/field.tsx";
import { Empty } from "../../components/load.tsx";
import { Table } from "../../components/table.tsx";
import { withQuery } from "../../lib/api.ts";
import { useQuery } from "../../lib/query.ts";
import { store, storeApi } from "../../lib/store.ts";
import { edit, tie } from "./draft.ts";
import type { SectionProps } from "./section.ts";

const known = (s: Settings): string[] => [
  ...s.currency.rates.map((r) => r.currency),
  ...s.customers.perCurrency.map((r) => r.currency),
  ...s.payments.methods.flatMap((m) => (m.currencies ?? []).map((c) => c.currency)),
];

function Customer({ currency, settings, locked }: { currency: string } & Pick<SectionProps, "settings" | "locked">) {
  const at = settings.customers.perCurrency.findIndex((row) => row.currency === currency);
  const chosen = settings.customers.perCurrency[at]?.customer;
  const q = useSignal("");
  const path = `customers.perCurrency.${at < 0 ? settings.customers.perCurrency.length : at}.customer`;
  const query = useQuery<CustomerChoices>(q.value.length > 1 ? withQuery(storeApi`/choices/customers`, { q: q.value }) : null, {
    fresh: 60_000,
  });
  const found = (query.data.value?.customers ?? []).filter((c) => c.currency === currency);
  return (
    <>
      <Input
        label={`Find a customer with ${currency}`}
        text="For orders that name no customer of their own. Type the beginning of its name in Cin7 Core."
        value={q.value}
        disabled={locked}
        onInput={(e) => {
          q.value = e.currentTarget.value;
        }}
      />
      <Select
        label={`Default customer for ${currency}`}
        value={chosen?.id ?? ""}
        options={[
          ["", "None: such orders are held"],
          ...(chosen ? [[chosen.id, chosen.name] as const] : []),
          ...found.filter((c) => c.id !== chosen?.id).map((c) => [c.id, c.name] as const),
        ]}
        disabled={locked}
        {...tie(path)}
        onChange={(e) => {
          const picked = found.find((c) => c.id === e.currentTarget.value);
          edit(path, (s) => {
            const others = s.customers.perCurrency.filter((row) => row.currency !== currency);
            s.customers.perCurrency = picked ? [...others, { currency, customer: { id: picked.id, name: picked.name } }] : others;
          });
        }}
      />
    </>
  );
}

function Accounts({ currency, settings, choices, locked }: { currency: string } & Pick<SectionProps, "settings" | "choices" | "locked">) {
  const accounts = choices.paymentAccounts.filter((a) => a.currency === currency);
  return (
    <Table
      caption={`Accounts for payments in ${currency}`}
      rows={settings.payments.methods}
      rowKey={(m) => m.key}
      columns={[
        { key: "name", header: "Payment method", head: true, cell: (m) => m.name },
        {
          key: "account",
          header: `Account in ${currency}`,
          wide: true,
          cell: (m, i) => {
            const own = m.currencies ?? [];
            const at = own.findIndex((c) => c.currency === currency);
            const path = `payments.methods.${i}.currencies.${at < 0 ? own.length : at}.account`;
            return (
              <CellSelect
                label={`${m.name}: account in ${currency}`}
                options={[["", "No account: stays unpaid"], ...accounts.map((a) => [a.code, `${a.code} ${a.name}`] as const)]}
                value={own[at]?.account ?? ""}
                disabled={locked}
                {...tie(path)}
                onChange={(e) => {
                  const account = e.currentTarget.value;
                  edit(path, (s) => {
                    const target = s.payments.methods[i];
                    if (!target) return;
                    const others = (target.currencies ?? []).filter((c) => c.currency !== currency);
                    target.currencies = account ? [...others, { currency, account }] : others;
                  });
                }}
              />
            );
          },
        },
      ]}
    />
  );
}

/** Orders in other currencies than the books': rate, default customer, accounts (M9, M16). */
export function Currencies({ settings, choices, locked }: SectionProps) {
  const more = useSignal("");
  const added = useSignal<string[]>([]);
  const base = choices.currencies.cin7;
  const all = [...new Set([store.value?.currency ?? base, ...choices.otherCurrencies, ...known(settings), ...added.value])]
    .filter((c) => c !== base)
    .sort();
  return (
    <>
      <Panel
        title="Other currencies"
        text={`Orders in ${base || "the currency of your books"} need nothing here. An order in another currency becomes a sale in that currency, at the rate that BigCommerce gave it.`}
      >
        <div class="beside">
          <Input
            label="Add a currency"
            text="Three letters, such as USD."
            value={more.value}
            disabled={locked}
            onInput={(e) => {
              more.value = e.currentTarget.value.toUpperCase();
            }}
          />
          <Button
            variant="secondary"
            disabled={locked || !/^[A-Z]{3}$/.test(more.value)}
            onClick={() => {
              added.value = [...added.peek(), more.peek()];
              more.value = "";
            }}
          >
            Add currency
          </Button>
        </div>
        {all.length === 0 && <Empty title="No other currencies">BigCommerce shows none in which shoppers pay.</Empty>}
      </Panel>
      {all.map((currency) => {
        const at = settings.currency.rates.findIndex((r) => r.currency === currency);
        const path = `currency.rates.${at < 0 ? settings.currency.rates.length : at}.rate`;
        return (
          <Panel key={currency} title={currency}>
            <Input
              label={`${base} for one ${currency}`}
              text={`Used only when BigCommerce's own rate does not lead to ${base}. Left empty, such orders are held.`}
              inputMode="decimal"
              value={settings.currency.rates[at]?.rate ?? ""}
              disabled={locked}
              {...tie(path)}
              onInput={(e) => {
                const rate = e.currentTarget.value.trim();
                edit(path, (s) => {
                  const row = s.currency.rates.find((r) => r.currency === currency);
                  if (row && rate) row.rate = rate;
                  else if (rate) s.currency.rates.push({ currency, rate });
                  else s.currency.rates = s.currency.rates.filter((r) => r.currency !== currency);
                });
              }}
            />
            <Customer currency={currency} settings={settings} locked={locked} />
            <Accounts currency={currency} settings={settings} choices={choices} locked={locked} />
          </Panel>
        );
      })}
    </>
  );
}
