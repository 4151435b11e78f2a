import type { Pace } from "../../worker/contract/index.ts";
import { Panel } from "../components/basics.tsx";
import { Table } from "../components/table.tsx";
import { count, moment, plural } from "../lib/format.ts";
import { useQuery } from "../lib/query.ts";
import { storeApi } from "../lib/store.ts";

type Hour = Pace["hours"][number];
const [WIDE, HIGH, STEP] = [288, 64, 12];

/** Bars, and where it is known a dashed line of the usual: told apart by form, not by colour. The table below says the same. */
function Bars({ hours, of, usual }: { hours: Hour[]; of: (hour: Hour) => number; usual?: (hour: Hour) => number | null }) {
  const most = Math.max(1, ...hours.map((hour) => Math.max(of(hour), usual?.(hour) ?? 0)));
  const y = (n: number) => HIGH - (n / most) * HIGH;
  const line = usual && hours.map((hour, i) => `${i * STEP},${y(usual(hour) ?? 0)} ${(i + 1) * STEP},${y(usual(hour) ?? 0)}`).join(" ");
  return (
    <svg class="pace" viewBox={`0 -2 ${WIDE} ${HIGH + 3}`} preserveAspectRatio="none" aria-hidden="true">
      <line class="ground" x1="0" x2={WIDE} y1={HIGH} y2={HIGH} />
      {hours.map((hour, i) => (
        <rect key={hour.at} x={i * STEP + 2} width={STEP - 4} y={y(of(hour))} height={HIGH - y(of(hour))} />
      ))}
      {line && hours.some((hour) => usual?.(hour) !== null) && <polyline points={line} />}
    </svg>
  );
}

function Axis({ hours }: { hours: Hour[] }) {
  const [first, last] = [hours[0], hours.at(-1)];
  return (
    <p class="axis small muted">
      <span>{first && moment(first.at)}</span>
      <span>{last && moment(last.at)}</span>
    </p>
  );
}

function Pictures({ pace: { hours, days } }: { pace: Pace }) {
  const placed = hours.reduce((n, hour) => n + hour.orders, 0);
  const most = Math.max(0, ...hours.map(({ waiting }) => waiting));
  return (
    <Panel title="The last 24 hours">
      <div class="cols">
        <div>
          <p>
            <strong>{`${plural(placed, "order", "orders")} placed`}</strong>
            <span class="muted">
              {days > 0 ? `, dashed: the usual of ${plural(days, "day", "days")}` : ", the usual follows after three days of orders"}
            </span>
          </p>
          <Bars hours={hours} of={({ orders }) => orders} usual={({ usual }) => usual} />
          <Axis hours={hours} />
        </div>
        <div>
          <p>
            <strong>Waiting or held</strong>
            <span class="muted">{most > 0 ? `, at most ${count(most)} at the end of an hour` : ", none at the end of any hour"}</span>
          </p>
          <Bars hours={hours} of={({ waiting }) => waiting} />
          <Axis hours={hours} />
        </div>
      </div>
      <details>
        <summary>As a table</summary>
        <Table
          caption="The last 24 hours, hour by hour"
          rows={hours}
          rowKey={({ at }) => at}
          columns={[
            { key: "at", header: "Hour from", head: true, class: "nowrap", cell: ({ at }) => moment(at) },
            { key: "orders", header: "Orders placed", num: true, cell: ({ orders }) => count(orders) },
            { key: "usual", header: "Usual", num: true, cell: ({ usual }) => (usual === null ? "–" : count(usual)) },
            { key: "waiting", header: "Waiting or held at its end", num: true, cell: ({ waiting }) => count(waiting) },
          ]}
        />
      </details>
    </Panel>
  );
}

/** Orders an hour against the usual, and what waited (M42): one look a minute at most, and nothing where no order was ever placed. */
export function PaceOfDay() {
  const query = useQuery<Pace>(storeApi`/home/pace`, { fresh: 60_000, poll: 300_000 });
  const pace = query.data.value;
  return pace?.hours.some(({ orders, waiting, usual }) => orders > 0 || waiting > 0 || usual) ? <Pictures pace={pace} /> : null;
}
