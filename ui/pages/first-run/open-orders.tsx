import { useSignal } from "@preact/signals";
import type { OpenOrders, TakenOrders } from "../../../worker/contract/index.ts";
import { Badge, Button, Message, Panel } from "../../components/basics.tsx";
import { Empty, Load } from "../../components/load.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { toast } from "../../components/toast.tsx";
import { post } from "../../lib/api.ts";
import { dateTime, moment, money, plural } from "../../lib/format.ts";
import { useQuery } from "../../lib/query.ts";
import { useRun } from "../../lib/run.ts";
import { can } from "../../lib/session.ts";
import { ordersChanged, store, storeApi, storePath } from "../../lib/store.ts";

type OpenOrder = OpenOrders["orders"][number];

function picked(before: ReadonlySet<number>, ids: readonly number[], yes: boolean): ReadonlySet<number> {
  const next = new Set(before);
  for (const id of ids) {
    if (yes) next.add(id);
    else next.delete(id);
  }
  return next;
}
const lookedAt = (orders: number): string =>
  `${plural(orders, "order is", "orders are")} looked at now. What your setup takes goes to Cin7 Core; each of the others says why.`;

function Choose({ open }: { open: OpenOrders }) {
  const chosen = useSignal<ReadonlySet<number>>(new Set());
  /** Taken from here, in this visit: the list itself is read from both sides and comes later. */
  const taken = useSignal<ReadonlySet<number>>(new Set());
  const { busy, failure, run } = useRun();
  const on = store.value?.ordersOn ?? false;
  const free = open.orders.filter((o) => o.saleNumber === null && !taken.value.has(o.id)).map((o) => o.id);
  const pick = (ids: readonly number[], yes: boolean) => {
    chosen.value = picked(chosen.peek(), ids, yes);
  };
  const take = () =>
    run(async () => {
      const ids = [...chosen.peek()];
      const { taken: went } = await post<TakenOrders>(storeApi`/open-orders`, { ids });
      toast(lookedAt(went));
      taken.value = new Set([...taken.peek(), ...ids]);
      chosen.value = new Set();
      ordersChanged();
    });
  const left = useSignal(false);
  const leave = () =>
    run(async () => {
      await post<TakenOrders>(storeApi`/open-orders/leave`, {});
      left.value = true;
      ordersChanged();
    });
  const leaveButton = (label: string) =>
    left.value ? (
      <p role="status">Noted. Home shows this step as done; any order here can still be chosen.</p>
    ) : (
      <Button variant="secondary" busy={busy.value} disabled={!can("operate")} onClick={() => void leave()}>
        {label}
      </Button>
    );
  if (open.orders.length === 0)
    return (
      <>
        <Empty title="No open orders of before">{`No open order was placed before ${dateTime(open.startsAt)}.`}</Empty>
        <div class="actions">{leaveButton("Nothing to choose")}</div>
      </>
    );
  const some = chosen.value.size < free.length;
  return (
    <>
      {failure.value && <Message type="error">{failure.value}</Message>}
      {!on && <Message type="info">Orders are off. Switch them on first; then you can choose here.</Message>}
      <Found open={open} />
      <Table
        caption="Open orders placed before orders were switched on"
        rows={open.orders}
        rowKey={(o) => o.id}
        columns={columnsOf(chosen.value, taken.value, (id, yes) => pick([id], yes))}
      />
      <div class="actions">
        {free.length > 1 && (
          <Button variant="secondary" onClick={() => pick(free, some)}>
            {some ? `Choose all ${free.length}` : "Choose none"}
          </Button>
        )}
        <Button busy={busy.value} disabled={!on || !can("operate") || chosen.value.size === 0} onClick={() => void take()}>
          {chosen.value.size === 0 ? "Take the chosen orders" : `Take ${plural(chosen.value.size, "order", "orders")} to Cin7 Core`}
        </Button>
        {chosen.value.size === 0 && leaveButton("Leave them all out")}
      </div>
    </>
  );
}

/** How many there are, and what the list leaves out. */
function Found({ open }: { open: OpenOrders }) {
  const there = open.orders.filter((o) => o.saleNumber !== null).length;
  return (
    <>
      <p>
        {`${plural(open.orders.length, "open order was", "open orders were")} placed before ${dateTime(open.startsAt)}.`}
        {there > 0 && ` ${there} are already in Cin7 Core: they are left out.`}
        {open.more && " There are more: at most 250 of each status are listed, the oldest first."}
      </p>
      {open.cut && (
        <Message type="info">
          Cin7 Core has more than 10,000 sales since then; the newest were compared. Each order that you choose is looked up once more
          before it is sent: one that is there already is held.
        </Message>
      )}
    </>
  );
}

const columnsOf = (
  chosen: ReadonlySet<number>,
  taken: ReadonlySet<number>,
  pick: (id: number, yes: boolean) => void,
): Column<OpenOrder>[] => [
  {
    key: "id",
    header: "Order",
    head: true,
    cell: (o) => (
      <span class="pick">
        {o.saleNumber === null && !taken.has(o.id) && (
          <input
            type="checkbox"
            class="check"
            aria-label={`Take order ${o.id}`}
            checked={chosen.has(o.id)}
            onChange={(e) => pick(o.id, e.currentTarget.checked)}
          />
        )}
        {o.id}
      </span>
    ),
  },
  { key: "placed", header: "Placed", class: "nowrap", cell: (o) => moment(o.placedAt) },
  { key: "customer", header: "Customer", cell: (o) => o.customer },
  { key: "total", header: "Total", num: true, cell: (o) => money(o.total, o.currency) },
  { key: "status", header: "Status", cell: (o) => o.status },
  {
    key: "sale",
    header: "In Cin7",
    cell: (o) =>
      taken.has(o.id) ? (
        <a href={storePath(`/orders/${o.id}`)}>{`Order ${o.id} is looked at now`}</a>
      ) : o.saleNumber === null ? (
        ""
      ) : (
        <Badge label={`Already in Cin7 as ${o.saleNumber}: left out`} tone="quiet" />
      ),
  },
];

export default function OpenOrdersPage() {
  const query = useQuery<OpenOrders>(storeApi`/open-orders`);
  return (
    <>
      <PageHead
        title="Open orders from before"
        text="Orders placed before you began are not touched by themselves. Choose here which of the open ones come to Cin7 Core too."
      />
      <Panel title="Open orders">
        <Load query={query} lines={6}>
          {(open) => <Choose open={open} />}
        </Load>
      </Panel>
      <p>
        <a href={storePath("/")}>Back to Home</a>
      </p>
    </>
  );
}
