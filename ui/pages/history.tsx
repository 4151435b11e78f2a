import type { History } from "../../worker/contract/index.ts";
import { Panel } from "../components/basics.tsx";
import { Empty, Load } from "../components/load.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Paging, Table } from "../components/table.tsx";
import { withQuery } from "../lib/api.ts";
import { moment, money } from "../lib/format.ts";
import { useListState } from "../lib/list.ts";
import { useQuery } from "../lib/query.ts";
import { storeApi } from "../lib/store.ts";
import { STAGE } from "../lib/words.ts";

/** Orders in Cin7 Core accounts to which the store was linked before: to look at, nothing can be done with them here (F6). */
export default function HistoryPage() {
  const list = useListState({});
  const query = useQuery<History>(withQuery(storeApi`/history`, { page: list.page }));
  return (
    <>
      <PageHead title="Orders in former accounts" text="They stay in the Cin7 Core account into which they went." />
      <Panel title="History">
        <Load query={query} lines={6}>
          {({ rows, total }) =>
            rows.length ? (
              <>
                <Table
                  caption="Orders in former accounts"
                  rows={rows}
                  rowKey={(o) => o.id}
                  columns={[
                    { key: "id", header: "Order", head: true, cell: (o) => String(o.id) },
                    { key: "placed", header: "Placed", class: "nowrap", cell: (o) => moment(o.placedAt) },
                    { key: "total", header: "Total", num: true, cell: (o) => money(o.total, o.currency) },
                    { key: "sale", header: "Sale in Cin7", class: "nowrap", cell: (o) => o.saleNumber ?? "" },
                    { key: "stages", header: "Stages", cell: (o) => o.stages.map((stage) => STAGE[stage]).join(" · ") },
                    { key: "company", header: "Account", cell: (o) => o.company },
                  ]}
                />
                <Paging list={list} total={total} rows={rows.length} />
              </>
            ) : (
              <Empty title="There are none">This store was never linked to another Cin7 Core account.</Empty>
            )
          }
        </Load>
      </Panel>
    </>
  );
}
