import { useRoute } from "preact-iso";
import type { OrderDetail, OrderRow, WayIn } from "../../worker/contract/index.ts";
import { AskedButton } from "../components/asked-button.tsx";
import { Badge, Message, OutLink, Panel } from "../components/basics.tsx";
import { NextIcon, PreviousIcon } from "../components/icons.tsx";
import { Empty, Load } from "../components/load.tsx";
import { noteOf, ProcessButton, Stages, StateBadge } from "../components/order-bits.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Problem } from "../components/problem.tsx";
import { Table } from "../components/table.tsx";
import { toast } from "../components/toast.tsx";
import { dateTime, money, plural, readable } from "../lib/format.ts";
import { lastList } from "../lib/list.ts";
import { type Query, useQuery } from "../lib/query.ts";
import { storeApi, storePath } from "../lib/store.ts";
import { ORDER_STATE, PAYMENT_STATE } from "../lib/words.ts";
import { Attempts } from "./order-attempts.tsx";
import { Books } from "./order-books.tsx";
import { Came } from "./order-came.tsx";
import { Goods, goodsWanted } from "./order-goods.tsx";
import { Mapped } from "./order-mapped.tsx";

/** A daily sale has the page of an order, under a number of its own, which is negative (F15). */
const isDay = (id: number): boolean => id < 0;

function DayOrders({ orders }: { orders: OrderRow[] }) {
  return (
    <Panel title="Orders of this daily sale">
      <Table
        caption="Orders of this daily sale"
        rows={orders}
        rowKey={(o) => o.id}
        columns={[
          { key: "id", header: "Order", head: true, cell: (o) => <a href={storePath(`/orders/${o.id}`)}>{String(o.id)}</a> },
          { key: "placed", header: "Placed", class: "nowrap", cell: (o) => dateTime(o.placedAt) },
          { key: "customer", header: "Customer", cell: (o) => o.customer },
          { key: "total", header: "Total", num: true, cell: (o) => money(o.total, o.currency) },
          { key: "status", header: "Status in the shop", cell: (o) => o.status },
        ]}
      />
    </Panel>
  );
}

function Summary({ detail }: { detail: OrderDetail }) {
  const { order } = detail;
  return (
    <Panel title="Where it is">
      <dl class="facts">
        <dt>State</dt>
        <dd>
          {noteOf(order) || ORDER_STATE[order.state].word}
          <Stages row={order} />
        </dd>
        <dt>Total</dt>
        <dd>{money(order.total, order.currency)}</dd>
        <dt>Customer</dt>
        <dd>{order.customer}</dd>
        <dt>{isDay(order.id) ? "Closed" : "Placed"}</dt>
        <dd>{dateTime(order.placedAt)}</dd>
        {detail.daily && !isDay(order.id) && (
          <>
            <dt>Daily sale</dt>
            <dd>
              <a href={storePath(`/orders/${detail.daily.id}`)}>{readable(detail.daily.day)}</a>
            </dd>
          </>
        )}
        <dt>BigCommerce</dt>
        <dd>
          {isDay(order.id) ? plural(detail.daily?.orders.length ?? 0, "order", "orders") : order.status}
          {detail.bigcommerceUrl && (
            <>
              {" · "}
              <OutLink href={detail.bigcommerceUrl}>{`Open order ${order.id} in BigCommerce`}</OutLink>
            </>
          )}
        </dd>
        <dt>Cin7 Core</dt>
        <dd>
          {order.saleNumber ? (
            order.saleUrl ? (
              <OutLink href={order.saleUrl}>{`Open sale ${order.saleNumber} in Cin7 Core`}</OutLink>
            ) : (
              order.saleNumber
            )
          ) : (
            "Not there yet"
          )}
        </dd>
      </dl>
    </Panel>
  );
}

/** The entry goes and the order is taken again (F124): what becomes of its sale is said before. */
function DeleteEntry({ id }: { id: number }) {
  return (
    <div class="actions">
      <AskedButton
        label="Delete this entry and take the order again"
        warning={`The entry of order ${id} in the log goes and the order is read anew. Its sale in Cin7 Core stays: it is looked for first, and you then choose whether it is sent again or voided and created again.`}
        to={storeApi`/orders/${id}/delete-entry`}
        onDone={() => toast(`The entry is deleted. Order ${id} is looked for in Cin7 Core now.`)}
      />
    </div>
  );
}

function Payments({ detail }: { detail: OrderDetail }) {
  return (
    <Panel title="Payments">
      {detail.payments.length ? (
        <Table
          caption="Payments"
          rows={detail.payments}
          rowKey={(_, i) => i}
          columns={[
            { key: "method", header: "Method", head: true, cell: (p) => p.method },
            { key: "amount", header: "Amount", num: true, cell: (p) => money(p.amount, p.currency) },
            { key: "account", header: "Account", cell: (p) => p.account || "–" },
            { key: "reference", header: "Reference", cell: (p) => p.reference || "–" },
            { key: "at", header: "Paid", class: "nowrap", cell: (p) => dateTime(p.at) },
            {
              key: "state",
              header: "State",
              cell: (p) => (
                <>
                  <Badge label={PAYMENT_STATE[p.state].word} tone={PAYMENT_STATE[p.state].tone} />
                  {p.why && <small>{readable(p.why)}</small>}
                </>
              ),
            },
          ]}
        />
      ) : (
        <Empty title="No payments yet" />
      )}
    </Panel>
  );
}

/** What keeps it out, and every way in. */
function KeptOut({ detail: { order, keptOut, bigcommerceUrl } }: { detail: OrderDetail }) {
  if (!keptOut) return null;
  const way = (w: WayIn, i: number) => {
    if (w.is === "process") return <ProcessButton key={w.label} id={order.id} label={w.label} first={i === 0} />;
    if (w.is === "take-now")
      return (
        <AskedButton
          key={w.label}
          label={w.label}
          warning={w.warning}
          to={storeApi`/orders/${order.id}/take-now`}
          onDone={() => toast(`Order ${order.id} is looked at now. If nothing else keeps it, it goes to Cin7 Core.`)}
        />
      );
    if (w.is === "page")
      return (
        <a key={w.label} class="btn secondary" href={storePath(w.to)}>
          {w.label}
        </a>
      );
    return bigcommerceUrl ? (
      <OutLink key={w.label} href={bigcommerceUrl}>
        {w.label}
      </OutLink>
    ) : null;
  };
  return (
    <Panel title="Why it is not taken" text={readable(keptOut.text)}>
      {keptOut.ways.length > 0 && <div class="actions">{keptOut.ways.map(way)}</div>}
    </Panel>
  );
}

const Body = ({ detail }: { detail: OrderDetail }) => (
  <>
    {detail.problems.length > 0 && (
      <Panel title="Needs attention">
        {detail.problems.map((p) => (
          <Problem key={p.key} problem={p} own={detail.order.id} level="h3" />
        ))}
      </Panel>
    )}
    <KeptOut detail={detail} />
    <Summary detail={detail} />
    {detail.daily && isDay(detail.order.id) && <DayOrders orders={detail.daily.orders} />}
    {goodsWanted(detail) && <Goods id={detail.order.id} />}
    <Mapped detail={detail} />
    <Payments detail={detail} />
    <Books books={detail.books} />
    {!isDay(detail.order.id) && <Came detail={detail} />}
    <Attempts attempts={detail.attempts} />
    {!detail.daily && detail.order.state !== "pending" && detail.order.state !== "sending" && <DeleteEntry id={detail.order.id} />}
  </>
);

const titleOf = (id: string, detail: OrderDetail | null | undefined): string =>
  !id.startsWith("-")
    ? `Order ${id}`
    : detail?.daily
      ? `Daily sale of ${readable(detail.daily.day)}, ${detail.order.currency}`
      : "Daily sale";

/** The way back to the list one came from, and to the orders beside this one. */
function Beside({ detail }: { detail: OrderDetail | undefined }) {
  const list = lastList.peek();
  const mine = list?.startsWith(storePath("/orders")) ? list : storePath("/orders/log");
  return (
    <nav class="beside" aria-label="Other orders">
      <a href={mine}>Back to the list</a>
      {detail?.previous && (
        <a href={storePath(`/orders/${detail.previous}`)} rel="prev">
          <PreviousIcon size="sm" /> {`Order ${detail.previous}`}
        </a>
      )}
      {detail?.next && (
        <a href={storePath(`/orders/${detail.next}`)} rel="next">
          {`Order ${detail.next}`} <NextIcon size="sm" />
        </a>
      )}
    </nav>
  );
}

function OrderPage({ id }: { id: string }) {
  const query: Query<OrderDetail> = useQuery(storeApi`/orders/${id}`, { poll: 10_000 });
  const row = query.data.value?.order;
  // The button stands beside its problem where there is one.
  const offered = query.data.value?.problems.some((p) => p.remedies.some((r) => "action" in r));
  const open = row && row.state !== "sent" && !offered;
  return (
    <>
      <Beside detail={query.data.value} />
      <PageHead
        title={titleOf(id, query.data.value)}
        badge={row && <StateBadge row={row} />}
        actions={
          open && row.daySale === null && <ProcessButton id={row.id} label={isDay(row.id) ? "Process this daily sale" : undefined} />
        }
      />
      <Load query={query} lines={8}>
        {(detail) => <Body detail={detail} />}
      </Load>
    </>
  );
}

export default function Order() {
  const id = useRoute().params["id"] ?? "";
  if (!/^-?\d+$/.test(id))
    return (
      <>
        <PageHead title="There is no such order" />
        <Message type="info">Order numbers are whole numbers, such as 1042.</Message>
      </>
    );
  return <OrderPage key={id} id={id} />;
}
