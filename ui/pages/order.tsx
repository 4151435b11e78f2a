import { useRoute } from "preact-iso";
import type { OrderDetail, OrderRow } from "../../worker/contract/index.ts";
import { AskedButton } from "../components/asked-button.tsx";
import { Badge, Message, OutLink, Panel } from "../components/basics.tsx";
import { Empty, Load } from "../components/load.tsx";
import { noteOf, ProcessButton, Stages, StateBadge } from "../components/order-bits.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Problem } from "../components/problem.tsx";
import { Table } from "../components/table.tsx";
import { toast } from "../components/toast.tsx";
import { dateTime, money, plural, quantity, readable } from "../lib/format.ts";
import { type Query, useQuery } from "../lib/query.ts";
import { storeApi, storePath } from "../lib/store.ts";
import { ORDER_STATE, PAYMENT_STATE } from "../lib/words.ts";
import { Attempts } from "./order-attempts.tsx";
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

function Came({ detail }: { detail: OrderDetail }) {
  const { currency } = detail.order;
  const sum = (text: string) => money(text, currency);
  return (
    <Panel title="What came from BigCommerce">
      {detail.came.length > 0 && (
        <dl class="facts came">
          {detail.came.map((fact) => [
            <dt key={`${fact.label}-t`}>{fact.label}</dt>,
            <dd key={`${fact.label}-d`}>{readable(fact.value)}</dd>,
          ])}
        </dl>
      )}
      <Table
        caption="Lines of the order in BigCommerce"
        rows={detail.cameLines}
        rowKey={(_, i) => i}
        columns={[
          { key: "sku", header: "SKU", head: true, class: "sku", cell: (l) => l.sku || "–" },
          { key: "name", header: "Name", cell: (l) => l.name },
          { key: "quantity", header: "Quantity", num: true, cell: (l) => quantity(l.quantity) },
          { key: "price", header: "Price", num: true, cell: (l) => sum(l.price) },
          { key: "tax", header: "Tax", num: true, cell: (l) => sum(l.tax) },
          { key: "total", header: "Total", num: true, cell: (l) => sum(l.total) },
        ]}
      />
    </Panel>
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

const Body = ({ detail }: { detail: OrderDetail }) => (
  <>
    {detail.problems.length > 0 && (
      <Panel title="Needs attention">
        {detail.problems.map((p) => (
          <Problem key={p.key} problem={p} own={detail.order.id} level="h3" />
        ))}
      </Panel>
    )}
    <Summary detail={detail} />
    {detail.daily && isDay(detail.order.id) && <DayOrders orders={detail.daily.orders} />}
    {goodsWanted(detail) && <Goods id={detail.order.id} />}
    <Mapped detail={detail} />
    <Payments detail={detail} />
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

function OrderPage({ id }: { id: string }) {
  const query: Query<OrderDetail> = useQuery(storeApi`/orders/${id}`, { poll: 10_000 });
  const row = query.data.value?.order;
  // The button stands beside its problem where there is one.
  const offered = query.data.value?.problems.some((p) => p.remedies.some((r) => "action" in r));
  const open = row && row.state !== "sent" && !offered;
  return (
    <>
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
