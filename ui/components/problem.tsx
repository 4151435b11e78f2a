import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import type { ProblemRow, Remedy } from "../../worker/contract/index.ts";
import { path, post, sentence } from "../lib/api.ts";
import { dateTime, plural, readable } from "../lib/format.ts";
import { can } from "../lib/session.ts";
import { hash, ordersChanged, storePath } from "../lib/store.ts";
import { AREA, NEEDS } from "../lib/words.ts";
import { AskedButton } from "./asked-button.tsx";
import { Badge, Button } from "./basics.tsx";
import { ProcessButton } from "./order-bits.tsx";
import { toast } from "./toast.tsx";

type Asked = Extract<Remedy, { warning: string }>;
const askedPath = (r: Asked): string =>
  r.action === "post-open"
    ? path`/api/stores/${hash.value ?? ""}/locked-books`
    : path`/api/stores/${hash.value ?? ""}/orders/${r.orderId}/${r.action}`;

function RemedyButton({ remedy, first }: { remedy: Remedy; first: boolean }) {
  if ("warning" in remedy) {
    const body = remedy.action === "post-open" ? { lockedTo: remedy.lockedTo } : {};
    return <AskedButton label={remedy.label} warning={remedy.warning} to={askedPath(remedy)} body={body} first={first} />;
  }
  if ("action" in remedy) return <ProcessButton id={remedy.orderId} label={readable(remedy.label)} first={first} />;
  return (
    <a class={`btn ${first ? "primary" : "secondary"}`} href={storePath(remedy.to)}>
      {readable(remedy.label)}
    </a>
  );
}

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
  const label = problem.aside ?? "Mark as read";
  return (
    <Button
      variant={problem.aside ? "secondary" : "subtle"}
      busy={busy.value}
      disabled={!allowed}
      title={allowed ? undefined : NEEDS.operate}
      aria-label={`${label}: ${problem.title}`}
      onClick={dismiss}
    >
      {label}
    </Button>
  );
}

/** What happened, what it means, and first of all the way out. `own`: the order whose page this is shown on. */
export function Problem({ problem: p, own, level: Level = "h2" }: { problem: ProblemRow; own?: number; level?: "h2" | "h3" }) {
  // No button leads to the page that is open, and no link says again what a button says.
  const remedies = p.remedies.filter((r) => !("to" in r) || r.to !== `/orders/${own}`);
  const opened = remedies.flatMap((r) => ("to" in r ? [r.to] : []));
  const others = p.orders.filter((id) => id !== own && !opened.includes(`/orders/${id}`));
  const more = p.orderCount - p.orders.length;
  return (
    <article class="problem">
      <Level>{readable(p.title)}</Level>
      <p>{readable(p.text)}</p>
      {(remedies.length > 0 || !p.holds) && (
        <div class="actions">
          {remedies.map((remedy, i) => (
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
