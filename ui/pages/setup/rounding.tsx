import type { RoundingMonth, Roundings } from "../../../worker/contract/index.ts";
import { Panel } from "../../components/basics.tsx";
import { Empty, Load } from "../../components/load.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { count, month } from "../../lib/format.ts";
import { useQuery } from "../../lib/query.ts";
import { storeApi } from "../../lib/store.ts";

/** What rounding charges came to in each month, and how large they were (M4, F152). */
export function RoundingByMonth() {
  const query = useQuery<Roundings>(storeApi`/settings/rounding`);
  return (
    <Panel
      title="Rounding by month"
      text="Charges for rounding on the sales of the last 6 months: their sum, and on how many sales they were of which size."
    >
      <Load query={query} lines={3}>
        {({ months, sizes }) =>
          months.length ? (
            <Table
              caption="Rounding by month"
              rows={months}
              rowKey={(row) => `${row.month} ${row.currency}`}
              columns={[
                { key: "month", header: "Month", head: true, cell: (row) => month(row.month) },
                // Up to four decimals: exactly what Cin7 Core has.
                { key: "sum", header: "Sum", num: true, cell: (row) => `${row.sum} ${row.currency}` },
                { key: "orders", header: "Sales", num: true, cell: (row) => count(row.orders) },
                ...sizes.map(
                  (upTo, i): Column<RoundingMonth> => ({
                    key: upTo,
                    header: i === sizes.length - 1 ? "More" : `Up to ${upTo}`,
                    num: true,
                    cell: (row) => count(row.sizes[i] ?? 0),
                  }),
                ),
              ]}
            />
          ) : (
            <Empty title="No rounding yet">Totals were exact, or no sale is in Cin7 Core yet.</Empty>
          )
        }
      </Load>
    </Panel>
  );
}
