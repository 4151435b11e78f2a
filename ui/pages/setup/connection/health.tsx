import type { Health as HealthData, HealthWhat } from "../../../../worker/contract/index.ts";
import { Badge, Panel } from "../../../components/basics.tsx";
import { Load } from "../../../components/load.tsx";
import { Table } from "../../../components/table.tsx";
import { moment } from "../../../lib/format.ts";
import { useQuery } from "../../../lib/query.ts";
import { storeApi } from "../../../lib/store.ts";

const WHAT: Record<HealthWhat, { word: string; tone: "success" | "warning" | "secondary" }> = {
  lost: { word: "Lost", tone: "warning" },
  repaired: { word: "Repaired", tone: "success" },
  blocked: { word: "Paused", tone: "warning" },
  found: { word: "Found", tone: "success" },
  polling: { word: "Asked", tone: "secondary" },
  down: { word: "No answer", tone: "warning" },
  back: { word: "Back", tone: "success" },
};

/** The same said again right after itself says nothing new. */
const told = (timeline: HealthData["timeline"]) => timeline.filter((row, i) => row.text !== timeline[i - 1]?.text);

/** Whether both sides tell us of everything, and what happened when they did not (K26, N13). */
export function Health() {
  const query = useQuery<HealthData>(storeApi`/health`, { poll: 30_000 });
  return (
    <Panel title="Is anything missed?" text="Orders are told by BigCommerce at once, and looked for again every 5 minutes.">
      <Load query={query} lines={3}>
        {(health) => (
          <>
            <dl class="facts">
              <dt>Notices from BigCommerce</dt>
              <dd>
                {health.bigcommerce.hooksAt
                  ? `Registered there and switched on, checked ${moment(health.bigcommerce.hooksAt)}`
                  : "Not checked yet"}
              </dd>
              <dt>Orders looked through</dt>
              <dd>{moment(health.bigcommerce.sweptAt)}</dd>
              <dt>Sales in Cin7 looked through</dt>
              <dd>{moment(health.cin7.sweptAt)}</dd>
            </dl>
            {health.timeline.length > 0 && (
              <Table
                caption="What happened to the connection"
                rows={told(health.timeline)}
                rowKey={(row, i) => `${row.at}-${i}`}
                columns={[
                  { key: "at", header: "When", head: true, class: "nowrap", cell: (row) => moment(row.at) },
                  { key: "side", header: "Side", class: "nowrap", cell: (row) => row.side },
                  { key: "what", header: "What", cell: (row) => <Badge label={WHAT[row.what].word} tone={WHAT[row.what].tone} /> },
                  { key: "text", header: "In words", wide: true, cell: (row) => row.text },
                ]}
              />
            )}
          </>
        )}
      </Load>
    </Panel>
  );
}
