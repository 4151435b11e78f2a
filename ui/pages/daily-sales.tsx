import type { DailySale, DailySales } from "../../worker/contract/index.ts";
import { Empty, Load } from "../components/load.tsx";
import { SaleLink, State } from "../components/order-bits.tsx";
import { type Column, Paging, Table } from "../components/table.tsx";
import { withQuery } from "../lib/api.ts";
import { count, money, readable } from "../lib/format.ts";
import { useListState } from "../lib/list.ts";
import { useQuery } from "../lib/query.ts";
import { storeApi, storePath } from "../lib/store.ts";

const COLUMNS: Column<DailySale>[] = [
  {
    key: "day",
    header: "Day",
    head: true,
    class: "nowrap",
    cell: (d) => <a href={storePath(`/orders/${d.sale.id}`)}>{readable(d.day)}</a>,
  },
  { key: "currency", header: "Currency", cell: (d) => d.sale.currency },
  { key: "location", header: "Location", cell: (d) => d.location },
  { key: "orders", header: "Orders", num: true, cell: (d) => count(d.orders) },
  { key: "total", header: "Total", num: true, cell: (d) => money(d.sale.total, d.sale.currency) },
  { key: "state", header: "State", cell: (d) => <State row={d.sale} /> },
  { key: "sale", header: "Sale in Cin7", class: "nowrap", cell: (d) => <SaleLink row={d.sale} /> },
];

/** One sale for all orders of a day (F15): each day with its orders, its sale and how far it is. */
export function DailySaleTable() {
  const list = useListState({ page: "1", perPage: "25" });
  const query = useQuery<DailySales>(withQuery(storeApi`/daily-sales`, { page: list.page, perPage: list.perPage }), { poll: 15_000 });
  return (
    <section class="panel" aria-label="Daily sales">
      <Load query={query} lines={8}>
        {({ rows, total }) =>
          rows.length ? (
            <>
              <Table caption="Daily sales" columns={COLUMNS} rows={rows} rowKey={(d) => d.sale.id} />
              <Paging list={list} total={total} rows={rows.length} />
            </>
          ) : (
            <Empty title="No daily sale yet">The first one appears here when a day with orders is over.</Empty>
          )
        }
      </Load>
    </section>
  );
}
