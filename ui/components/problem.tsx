import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import type { ProblemRow, Remedy } from "../../worker/contract.ts";
import { path, post, sentence } from "../lib/api.ts";
import { dateTime, plural } from "../lib/format.ts";
import { can } from "../lib/session.ts";
import { hash, ordersChanged, storePath } from "../lib/store.ts";
import { AREA, NEEDS } from "../lib/words.ts";
import { Badge, Button } from "./basics.tsx";
import { ProcessButton } from "./order-bits.tsx";
import { toast } from "./toast.tsx";

const RemedyButton = ({ remedy, first }: { remedy: Remedy; first: boolean }) =>
  "to" in remedy ? (
    <a class={`btn ${first ? "primary" : "secondary"}`} href={storePath(remedy.to)}>
      {remedy.label}
    </a>
  ) : (
    <ProcessButton id={remedy.orderId} label={remedy.label} />
  );

function Dismiss({ problem }: { problem: ProblemRow }) {
  const busy = useSignal(false);
  const allowed = can("operate");
  const dismiss = async () => {
    busy.value = true;
    try {
      await post(path`/api/stores/${hash.value ?? ""}/attention/dismiss`, { key: problem.key });
      ordersChanged();
    } catch (error) {
      toast(sentence(error), "error");
    } finally {
      busy.value = false;
    }
  };
  return (
    <Button
      variant="subtle"
      busy={busy.value}
      disabled={!allowed}
      title={allowed ? undefined : NEEDS.operate}
      aria-label={`Mark as read: ${problem.title}`}
      onClick={dismiss}
    >
      Mark as read
    </Button>
  );
}

/** What happened, what it means, and first of all the way out. `own`: the order whose page this is shown on. */
export function Problem({ problem: p, own, level: Level = "h2" }: { problem: ProblemRow; own?: number; level?: "h2" | "h3" }) {
  const others = p.orders.filter((id) => id !== own);
  const more = p.orderCount - p.orders.length;
  return (
    <article class="problem">
      <Level>{p.title}</Level>
      <p>{p.text}</p>
      {(p.remedies.length > 0 || !p.holds) && (
        <div class="actions">
          {p.remedies.map((remedy, i) => (
            <RemedyButton key={remedy.label} remedy={remedy} first={i === 0} />
          ))}
          {!p.holds && <Dismiss problem={p} />}
        </div>
      )}
      <p class="meta">
        <Badge label={AREA[p.area]} tone="quiet" />
        <span>Since {dateTime(p.raisedAt)}</span>
        {others.length > 0 && (
          <span>
            {p.holds ? `${plural(p.orderCount, "order waits", "orders wait")}: ` : "About "}
            {others.map((id, i) => (
              <Fragment key={id}>
                {i > 0 && ", "}
                <a href={storePath(`/orders/${id}`)}>{`order ${id}`}</a>
              </Fragment>
            ))}
            {more > 0 && ` and ${more} more`}
          </span>
        )}
        {!p.holds && <span>Nothing waits for this.</span>}
      </p>
    </article>
  );
}
