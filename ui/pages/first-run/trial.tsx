import { useSignal } from "@preact/signals";
import type { Trial, TrialOrder } from "../../../worker/contract/index.ts";
import { Badge, Button, Message, Needs, Panel } from "../../components/basics.tsx";
import { Empty } from "../../components/load.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Table } from "../../components/table.tsx";
import { post } from "../../lib/api.ts";
import { count, moment, money, plural, readable } from "../../lib/format.ts";
import { invalidate } from "../../lib/query.ts";
import { useRun } from "../../lib/run.ts";
import { can } from "../../lib/session.ts";
import { storeApi, storePath } from "../../lib/store.ts";

const VERDICT = {
  taken: { word: "Would be taken", tone: "success" },
  "not-taken": { word: "Not taken", tone: "quiet" },
  held: { word: "Would be held", tone: "warning" },
} as const;

const pretty = (body: string): string => JSON.stringify(JSON.parse(body), null, 2);

/** Why it would not come, or what of it does not fit into a sale. */
function Remarks({ order }: { order: TrialOrder }) {
  const lines = [...order.why.map(readable), ...order.losses.map((loss) => `Did not fit: ${loss}`)];
  if (lines.length === 0) return null;
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** Word for word, for whoever wants to know exactly. */
const Sent = ({ order }: { order: TrialOrder }) => (
  <details class="attempt">
    <summary>
      <b>{`What Cin7 Core would get for order ${order.id}`}</b>
      <span class="small muted">{plural(order.calls, "call", "calls")}</span>
    </summary>
    <div class="body">
      {order.bodies.map((body, i) => (
        <div key={`${body.step} ${i}`}>
          <p>
            <strong>{body.step}</strong>
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, by keyboard too */}
          <pre class="payload" tabIndex={0}>
            {pretty(body.body)}
          </pre>
        </div>
      ))}
    </div>
  </details>
);

function Result({ trial }: { trial: Trial }) {
  if (trial.orders.length === 0) return <Empty title="There is no order to try yet">Place an order in your shop, then try again.</Empty>;
  const held = trial.orders.filter((o) => o.verdict === "held").length;
  const left = trial.orders.length - trial.taken - held;
  const good = trial.tie === trial.taken;
  return (
    <>
      {trial.taken > 0 && (
        <Message type={good ? "success" : "error"} title={`${count(trial.tie)} of ${plural(trial.taken, "total ties", "totals tie")}`}>
          {good ? "To the cent, with tax, discounts and charges." : "An order whose total does not tie is never sent."}
        </Message>
      )}
      {held > 0 && (
        <Message type="warning" title={`${plural(held, "order would", "orders would")} be held`}>
          Each row says what is missing. Choose it in Setup, then try them again.
        </Message>
      )}
      {left > 0 && <Message type="info">{`${plural(left, "order is", "orders are")} not taken, for the reason in the row.`}</Message>}
      <Table
        caption="The orders that were tried"
        rows={trial.orders}
        rowKey={(o) => o.id}
        columns={[
          { key: "id", header: "Order", head: true, cell: (o) => String(o.id) },
          { key: "placed", header: "Placed", class: "nowrap", cell: (o) => (o.placedAt ? moment(o.placedAt) : "") },
          { key: "total", header: "Total", num: true, cell: (o) => (o.currency ? money(o.total, o.currency) : "") },
          {
            key: "verdict",
            header: "Result",
            cell: (o) => (
              <>
                <Badge label={VERDICT[o.verdict].word} tone={VERDICT[o.verdict].tone} />
                {o.tie === false && <Badge label="Total differs" tone="danger" />}
              </>
            ),
          },
          { key: "remarks", header: "Remarks", wide: true, cell: (o) => <Remarks order={o} /> },
        ]}
      />
      {trial.taken > 0 && (
        <section class="sent" aria-label="What Cin7 Core would get">
          {trial.orders
            .filter((o) => o.verdict === "taken")
            .map((o) => (
              <Sent key={o.id} order={o} />
            ))}
        </section>
      )}
    </>
  );
}

export default function TrialPage() {
  const trial = useSignal<Trial | null>(null);
  const { busy, failure, run } = useRun();
  const tryNow = () =>
    run(async () => {
      trial.value = await post<Trial>(storeApi`/trial`, {});
      invalidate(storeApi`/home`);
    });
  return (
    <>
      <PageHead
        title="Try your last 20 orders"
        text="See exactly what Cin7 Core would get. Nothing is written to Cin7 Core or BigCommerce."
      />
      <Needs right="operate" />
      <Panel
        title="Your last orders under this setup"
        text="The last 20 orders that your rule takes are read and mapped as they would be when orders are on."
        actions={
          <Button busy={busy.value} disabled={!can("operate")} onClick={() => void tryNow()}>
            {trial.value ? "Try them again" : "Try the last 20 orders"}
          </Button>
        }
      >
        {failure.value && <Message type="error">{failure.value}</Message>}
        <div role="status">{busy.value && <p class="muted">Reading and mapping your last orders</p>}</div>
        {trial.value && <Result trial={trial.value} />}
      </Panel>
      <p>
        <a href={storePath("/")}>Back to the steps</a>
      </p>
    </>
  );
}
