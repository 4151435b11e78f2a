import type { AutoShipAffected, Settings } from "../../../../worker/contract/index.ts";
import { Message } from "../../../components/basics.tsx";
import { Load } from "../../../components/load.tsx";
import { plural } from "../../../lib/format.ts";
import { useQuery } from "../../../lib/query.ts";
import { storeApi, storePath } from "../../../lib/store.ts";
import { base } from "../draft.ts";

const ships = (settings: Settings | undefined): boolean =>
  settings !== undefined && settings.sale.status === "authorised" && settings.sale.fulfil === "pick-pack-ship";

function Affected({ to }: { to: "on" | "off" }) {
  const query = useQuery<AutoShipAffected>(`${storeApi`/settings/auto-ship`}?to=${to}`, { fresh: 0 });
  return (
    <Load query={query} lines={2}>
      {({ count, orders }) => {
        const sent = `sent ${to === "on" ? "without" : "with"} automatic shipping`;
        if (count === 0) return <Message type="info">{`No open sale was ${sent}: this change touches later orders only.`}</Message>;
        return (
          <Message type="warning" title={`${plural(count, "open sale was", "open sales were")} ${sent}`}>
            {to === "on"
              ? "They are not shipped by this change. Ship them in Cin7 Core; no shipment is taken from or sent to BigCommerce for later orders."
              : "Cin7 Core has not shipped them yet, for example because stock is short. Ship them there by hand, as all later orders."}
            <ul>
              {orders.map(({ id, saleNumber }) => (
                <li key={id}>
                  <a href={storePath(`/orders/${id}`)}>{`Order ${id}`}</a>
                  {saleNumber && `, ${saleNumber}`}
                </li>
              ))}
              {count > orders.length && <li>{`And ${plural(count - orders.length, "other", "others")}.`}</li>}
            </ul>
          </Message>
        );
      }}
    </Load>
  );
}

/** Before automatic shipping is switched on or off: the open sales that were sent the other way (F22). */
export function AutoShip({ settings }: { settings: Settings }) {
  const [was, is] = [ships(base.value?.settings), ships(settings)];
  if (was === is) return null;
  return <Affected key={String(is)} to={is ? "on" : "off"} />;
}
