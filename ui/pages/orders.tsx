import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { DailySales, OrderList, OrderRow, OrderState } from "../../worker/contract/index.ts";
import { Button, Needs } from "../components/basics.tsx";
import { Empty, Load } from "../components/load.tsx";
import { ProcessButton, SaleLink, State } from "../components/order-bits.tsx";
import { Filters, filterOf, NO_FILTER } from "../components/order-filters.tsx";
import { PageHead } from "../components/page-head.tsx";
import { type Column, Paging, Table } from "../components/table.tsx";
import { toast } from "../components/toast.tsx";
import { download, sentence, withQuery } from "../lib/api.ts";
import { moment, money } from "../lib/format.ts";
import { lastList, useListState } from "../lib/list.ts";
import { type Query, useQuery } from "../lib/query.ts";
import { store, storeApi, storePath } from "../lib/store.ts";
import { DailySaleTable } from "./daily-sales.tsx";
import { Bulk, type Chosen, pickColumn } from "./orders-bulk.tsx";

type View = "pending" | "log";
type Shown = View | "daily";
const STATES: Record<View, OrderState[]> = {
  pending: ["pending", "sending", "held", "failed"],
  log: ["sent", "not-taken", "pending", "sending", "held", "failed"],
};
const TEXT: Record<Shown, { title: string; text: string; empty: string; emptyText: string }> = {
  pending: {
    title: "Pending orders",
    text: "What is not yet in Cin7 Core. Waiting orders go by themselves; held ones need a decision.",
    empty: "No order waits",
    emptyText: "Every order that Lockstep takes is in Cin7 Core.",
  },
  log: {
    title: "Log",
    text: "Every order that BigCommerce told of: taken, or not taken and why.",
    empty: "No orders yet",
    emptyText: "The first order appears here within seconds after it is placed.",
  },
  daily: { title: "Daily sales", text: "All orders of a day as one sale, for each currency and location.", empty: "", emptyText: "" },
};

const COMMON: Column<OrderRow>[] = [
  { key: "id", header: "Order", head: true, sort: true, cell: (r) => <a href={storePath(`/orders/${r.id}`)}>{String(r.id)}</a> },
  { key: "placedAt", header: "Placed", sort: true, class: "nowrap", cell: (r) => moment(r.placedAt) },
  { key: "customer", header: "Customer", sort: true, class: "person", cell: (r) => r.customer },
  { key: "total", header: "Total", num: true, sort: true, cell: (r) => money(r.total, r.currency) },
  { key: "status", header: "Status in the shop", cell: (r) => r.status },
  {
    key: "state",
    header: "State",
    cell: (r) => <State row={r} />,
  },
];
/** Processing changes something: not where the order goes by itself as soon as it is its turn. */
const isHelped = ({ state, note }: OrderRow): boolean => state !== "sending" && note.is !== "turn";

const COLUMNS: Record<View, Column<OrderRow>[]> = {
  pending: [...COMMON, { key: "action", header: "Action", class: "nowrap", cell: (r) => isHelped(r) && <ProcessButton id={r.id} slim /> }],
  log: [
    ...COMMON,
    {
      key: "sale",
      header: "Sale in Cin7",
      class: "nowrap",
      cell: (r) => <SaleLink row={r} />,
    },
    { key: "updatedAt", header: "Changed", sort: true, class: "nowrap", cell: (r) => moment(r.updatedAt) },
  ],
};
/** The money that is not in Cin7 Core, for the list of those (F47). */
const UNPAID: Column<OrderRow>[] = [
  ...COLUMNS.log.filter((column) => ["id", "placedAt", "customer", "sale"].includes(column.key)),
  { key: "method", header: "Payment method", cell: (r) => (r.unpaid ?? []).map((p) => p.method).join(", ") },
  { key: "unpaid", header: "Not in Cin7", num: true, cell: (r) => (r.unpaid ?? []).map((p) => money(p.amount, p.currency)).join(", ") },
  { key: "action", header: "Action", class: "nowrap", cell: (r) => <ProcessButton id={r.id} slim /> },
];
function AboutUnpaid() {
  const save = () => void download(storeApi`/orders/unpaid.csv`).catch((error: unknown) => toast(sentence(error), "error"));
  return (
    <div class="stack">
      <p class="muted">
        The shopper paid, and the invoice is unpaid: no account was chosen for the payment method, or BigCommerce does not show what a
        payment needs; each order's page says which. Choose accounts in <a href={storePath("/setup/payments")}>Setup, Payments</a>, then
        process the order: what is paid in Cin7 Core already is not paid again. If you keep these invoices open and match payouts, the file
        has a line for each payment with the gateway's reference.
      </p>
      <div class="actions">
        <Button variant="secondary" onClick={save}>
          Download payments as CSV
        </Button>
      </div>
    </div>
  );
}

/** While orders are off none appears by itself, and nothing is said of orders that wait in BigCommerce. */
function Nothing({ view }: { view: View }) {
  const off = store.value?.ordersOn === false;
  return (
    <Empty title={TEXT[view].empty}>{off ? "Orders are off: none is taken in before they are switched on." : TEXT[view].emptyText}</Empty>
  );
}

/** How often a list is read again while orders on it are on their way: who looks sees them go. */
const LIVELY_MS = 4_000;
/** Orders in which a list costs little to read; all others are counted (fair use). */
const LIGHT = ["id", "updatedAt"];
function useLively(query: Query<OrderList>, light: boolean) {
  const goes = light && (query.data.value?.rows.some((row) => row.state === "sending" || row.note.is === "turn") ?? false);
  useEffect(() => {
    if (!goes) return;
    const timer = setInterval(() => document.visibilityState !== "hidden" && query.refresh(), LIVELY_MS);
    return () => clearInterval(timer);
  }, [goes, query]);
}

function OrderTable({ view }: { view: View }) {
  const list = useListState({ ...NO_FILTER, sort: "id", dir: "desc", page: "1", perPage: "25" });
  const sort = list.read("sort");
  const dir = list.read("dir");
  const asked = { view, ...filterOf(list), sort, dir };
  const query = useQuery<OrderList>(withQuery(storeApi`/orders`, { ...asked, page: list.page, perPage: list.perPage }), { poll: 15_000 });
  useLively(query, asked.q === "" && LIGHT.includes(sort));
  const filtered = Object.values(filterOf(list)).some(Boolean);
  const unpaid = view === "log" && list.read("state") === "unpaid";
  const chosen: Chosen = useSignal<ReadonlySet<number>>(new Set());
  return (
    <section class="panel" aria-label={TEXT[view].title}>
      <Filters list={list} states={STATES[view]} unpaid={view === "log"} asked={asked} />
      <Load query={query} lines={8}>
        {(data) =>
          data.rows.length ? (
            <>
              {unpaid && <AboutUnpaid />}
              {view === "pending" && <Bulk chosen={chosen} rows={data.rows} />}
              <Table
                caption={TEXT[view].title}
                columns={view === "pending" ? [pickColumn(chosen), ...COLUMNS.pending] : unpaid ? UNPAID : COLUMNS.log}
                rows={data.rows}
                rowKey={(r) => r.id}
                busy={query.busy.value && data.page !== list.page}
                sorting={{ key: sort, dir, onSort: (key, to) => list.set({ sort: key, dir: to }) }}
              />
              <Paging list={list} total={data.total} rows={data.rows.length} />
            </>
          ) : filtered ? (
            <Empty title="No order fits">
              <a href={list.url(NO_FILTER)}>Show all orders</a>
            </Empty>
          ) : (
            <Nothing view={view} />
          )
        }
      </Load>
    </section>
  );
}

export default function Orders({ view = "pending" }: { view?: Shown }) {
  const { path, url } = useLocation();
  useEffect(() => {
    // While the next page is on its way, this one is still here with the address of the other.
    if (/\/orders(\/(pending|log|daily))?(\?|$)/.test(url)) lastList.value = url;
  }, [url]);
  const daily = useQuery<DailySales>(withQuery(storeApi`/daily-sales`, { perPage: 1 }));
  return (
    <>
      <PageHead title={TEXT[view].title} text={TEXT[view].text} />
      <nav class="chips views" aria-label="Orders">
        <a href={storePath("/orders/pending")} aria-current={view === "pending" ? "page" : undefined}>
          Pending orders
        </a>
        <a href={storePath("/orders/log")} aria-current={view === "log" ? "page" : undefined}>
          Log
        </a>
        {daily.data.value?.shown && (
          <a href={storePath("/orders/daily")} aria-current={view === "daily" ? "page" : undefined}>
            Daily sales
          </a>
        )}
      </nav>
      {view === "pending" && <Needs right="operate" />}
      {view === "daily" ? <DailySaleTable key={path} /> : <OrderTable key={path} view={view} />}
    </>
  );
}
