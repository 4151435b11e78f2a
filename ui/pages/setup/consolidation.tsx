import type { Consolidate, DailyAdvice, Settings } from "../../../worker/contract/index.ts";
import { Message, Panel } from "../../components/basics.tsx";
import { Input, Radios } from "../../components/field.tsx";
import { withQuery } from "../../lib/api.ts";
import { plural } from "../../lib/format.ts";
import { useQuery } from "../../lib/query.ts";
import { store, storeApi } from "../../lib/store.ts";
import { base, edit, tie } from "./draft.ts";

const MODES: { value: Consolidate; label: string; text: string }[] = [
  {
    value: "each",
    label: "Each order as it comes",
    text: "Every order is a sale of its own, with its customer and addresses. It is sent within seconds; in bursts Cin7 Core's 60 calls a minute say when.",
  },
  {
    value: "daily",
    label: "One sale a day",
    text: "All orders of a day are one sale for each currency and location, on the default customer. Who bought and where it ships stays in BigCommerce.",
  },
];

/** What a change of the mode does to orders that wait, said before it is saved. */
const switching = (to: Consolidate, waiting: number): string => {
  const orders = plural(waiting, "order waits", "orders wait");
  return to === "daily"
    ? `${orders} now. After saving those of which nothing is in Cin7 Core go with the next daily sale; a sale that was begun is finished alone.`
    : `${orders} now. After saving each goes at once as a sale of its own; a daily sale whose day is over is finished as it is.`;
};

function Advice({ settings, to }: { settings: Settings; to: Consolidate }) {
  const customer = settings.customers.defaultCustomer?.id ?? "";
  const query = useQuery<DailyAdvice>(withQuery(storeApi`/settings/daily`, { customer }));
  const advice = query.data.value;
  const changes = base.value && base.value.settings.orders.consolidate !== to;
  return (
    <div role="status">
      {changes && advice && advice.waiting > 0 && <Message type="info">{switching(to, advice.waiting)}</Message>}
      {to === "daily" &&
        advice?.warnings.map((warning) => (
          <Message key={warning} type="warning">
            {warning}
          </Message>
        ))}
    </div>
  );
}

/** F14 to F16: a sale for each order, or one a day. */
export function Consolidation({ settings, locked }: { settings: Settings; locked: boolean }) {
  const { consolidate, consolidateAt } = settings.orders;
  const zone = store.value?.timeZone ?? "";
  const daily = consolidate === "daily" || base.value?.settings.orders.consolidate === "daily";
  return (
    <Panel title="Each order, or one sale a day">
      <Radios
        label="Orders become"
        text="Whether each order is a sale of its own, or all orders of a day are one."
        value={consolidate}
        options={MODES}
        disabled={locked}
        {...tie("orders.consolidate")}
        onPick={(value) =>
          edit("orders.consolidate", (s) => {
            s.orders.consolidate = value;
          })
        }
      />
      {consolidate === "daily" && (
        <Input
          label="Consolidation time"
          text={`The time at which a day ends and its sale is made${zone ? `, in the store's time zone (${zone})` : ""}. Orders that are ready later go with the next day.`}
          type="time"
          required
          value={consolidateAt}
          disabled={locked}
          {...tie("orders.consolidateAt")}
          onInput={(e) => {
            const time = e.currentTarget.value;
            edit("orders.consolidateAt", (s) => {
              s.orders.consolidateAt = time;
            });
          }}
        />
      )}
      {daily && <Advice settings={settings} to={consolidate} />}
    </Panel>
  );
}
