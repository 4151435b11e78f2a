import { useSignal } from "@preact/signals";
import type { GoodsRow, MissingPart, OrderDetail, OrderGoods } from "../../worker/contract/index.ts";
import { Button, Message, Panel } from "../components/basics.tsx";
import { Empty } from "../components/load.tsx";
import { Table } from "../components/table.tsx";
import { get } from "../lib/api.ts";
import { plural, quantity } from "../lib/format.ts";
import { useRun } from "../lib/run.ts";
import { can } from "../lib/session.ts";
import { storeApi } from "../lib/store.ts";
import { NEEDS } from "../lib/words.ts";

/** Goods are looked for until they have left; of an order that is not taken nobody asks. */
export const goodsWanted = ({ order, mapped, cameLines }: OrderDetail): boolean =>
  order.state !== "not-taken" &&
  !order.stages.some((stage) => stage === "shipped" || stage === "voided") &&
  (mapped ? mapped.lines.some((line) => line.kind === "line" && line.sku) : cameLines.some((line) => line.sku));

type Kit = NonNullable<GoodsRow["kit"]>;
const elsewhere = (places: MissingPart["elsewhere"]): string =>
  places.map(({ location, available }) => `${quantity(available)} available at ${location}`).join(", ");
const partWords = ({ sku, needs, there, made, elsewhere: others }: MissingPart): string =>
  `${sku}: ${quantity(needs)} needed, ${quantity(there)} there${others.length ? `; ${elsewhere(others)}` : ""}${made ? "; itself assembled from other products" : ""}`;

/** What Setup would have assembled if the order went now. */
function KitNow({ sku, kit, location }: { sku: string; kit: Kit; location: string }) {
  if (kit.quantity === "0") return <Message type="info">{`${sku}: nothing has to be assembled for this order now.`}</Message>;
  const what = `${quantity(kit.quantity)} × ${sku} would be assembled now`;
  if (kit.short === null)
    return <Message type="info" title={what}>{`It has too many components to look at here. See them in Cin7 Core.`}</Message>;
  if (kit.short.length === 0) return <Message type="info" title={what}>{`All components are at ${location}.`}</Message>;
  return (
    <Message type="warning" title={`${what}, and components are missing at ${location}`}>
      <ul>
        {kit.short.map((part) => (
          <li key={part.sku}>{partWords(part)}</li>
        ))}
      </ul>
    </Message>
  );
}

function Found({ goods }: { goods: OrderGoods }) {
  if (goods.rows.length === 0) return <Empty title="No goods to look for">No line of this order is a stock product of Cin7 Core.</Empty>;
  const rows = goods.rows.flatMap((row) => row.places.map((place) => ({ ...place, sku: row.sku, ordered: row.ordered })));
  return (
    <>
      {goods.rows.map((row) => row.kit && <KitNow key={row.sku} sku={row.sku} kit={row.kit} location={goods.location} />)}
      {goods.left > 0 && (
        <Message type="info">{`The first ${plural(goods.rows.length, "SKU is", "SKUs are")} shown. Look in Cin7 Core for the other ${goods.left}.`}</Message>
      )}
      <Table
        caption="Where the goods of this order are"
        rows={rows}
        rowKey={(row) => `${row.sku} ${row.location}`}
        columns={[
          { key: "sku", header: "SKU", head: true, class: "sku", cell: (row) => row.sku },
          { key: "ordered", header: "Ordered", num: true, cell: (row) => quantity(row.ordered) },
          {
            key: "location",
            header: "Location",
            cell: (row) => (
              <>
                {row.location}
                {row.own && <small class="block">Orders are taken from here</small>}
              </>
            ),
          },
          { key: "onHand", header: "On hand", num: true, cell: (row) => quantity(row.onHand) },
          { key: "allocated", header: "Allocated", num: true, cell: (row) => quantity(row.allocated) },
          { key: "available", header: "Available", num: true, cell: (row) => quantity(row.available) },
        ]}
      />
    </>
  );
}

/** Where the goods of an order are (F25), asked of Cin7 Core when somebody presses. */
export function Goods({ id }: { id: number }) {
  const goods = useSignal<OrderGoods | null>(null);
  const { busy, failure, run } = useRun();
  const look = () =>
    run(async () => {
      goods.value = await get<OrderGoods>(storeApi`/orders/${id}/goods`);
    });
  return (
    <Panel
      title="Where the goods are"
      text="What Cin7 Core has of this order's products at the stock locations of your setup. What is on order does not count."
      actions={
        <Button
          variant="secondary"
          busy={busy.value}
          disabled={!can("operate")}
          title={can("operate") ? undefined : NEEDS.operate}
          onClick={() => void look()}
        >
          {goods.value ? "Look again" : "Show where the goods are"}
        </Button>
      }
    >
      {failure.value && <Message type="error">{failure.value}</Message>}
      <div role="status">{busy.value && <p class="muted">Asking Cin7 Core</p>}</div>
      {goods.value?.notes.map((note) => (
        <Message key={note} type="warning">
          {note}
        </Message>
      ))}
      {goods.value && <Found goods={goods.value} />}
    </Panel>
  );
}
