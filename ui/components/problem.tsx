import { useSignal } from "@preact/signals";
import { type ComponentChildren, Fragment } from "preact";
import { useId } from "preact/hooks";
import type { Dismissed, ProblemRow, Remedy } from "../../worker/contract/index.ts";
import { path, post, sentence } from "../lib/api.ts";
import { cardId, leftCard } from "../lib/back.ts";
import { count, dateTime, plural, readable } from "../lib/format.ts";
import { can } from "../lib/session.ts";
import { hash, ordersChanged, storeApi, storePath } from "../lib/store.ts";
import { AREA, NEEDS } from "../lib/words.ts";
import { AskedButton } from "./asked-button.tsx";
import { Badge, Button, OutLink } from "./basics.tsx";
import { ProcessButton } from "./order-bits.tsx";
import { toast } from "./toast.tsx";

type Asked = Extract<Remedy, { warning: string }>;
const askedPath = (r: Asked): string =>
  r.action === "post-open"
    ? path`/api/stores/${hash.value ?? ""}/locked-books`
    : path`/api/stores/${hash.value ?? ""}/orders/${r.orderId}/${r.action}`;

/** It ends the problem by itself: a page to look at does not, nor a processing that follows a mend elsewhere. */
const isTheRemedy = (r: Remedy): boolean => "warning" in r || ("action" in r ? !r.after : !r.to.startsWith("/orders/"));

function RemedyButton({ remedy, first, of }: { remedy: Remedy; first: boolean; of: string }) {
  if ("warning" in remedy) {
    const body = remedy.action === "post-open" ? { lockedTo: remedy.lockedTo } : {};
    return <AskedButton label={remedy.label} warning={remedy.warning} to={askedPath(remedy)} body={body} first={first} />;
  }
  if ("action" in remedy) return <ProcessButton id={remedy.orderId} label={readable(remedy.label)} first={first} />;
  const leave = () => {
    leftCard.value = { key: of, to: remedy.to };
  };
  return (
    <a class={`btn ${first ? "primary" : "secondary"}`} href={storePath(remedy.to)} onClick={leave}>
      {readable(remedy.label)}
    </a>
  );
}

/** Puts them aside, and says how to take that back; what went wrong is said. */
export async function putAside(keys: readonly string[]): Promise<void> {
  try {
    const { keys: aside } = await post<Dismissed>(storeApi`/attention/dismiss`, { keys });
    const one = aside.length === 1;
    toast(`${one ? "It is" : `${count(aside.length)} are`} put aside, under Read.`, "success", () => void putBack(aside));
    ordersChanged();
  } catch (error) {
    toast(sentence(error), "error");
  }
}
async function putBack(keys: readonly string[]): Promise<void> {
  try {
    await post(storeApi`/attention/restore`, { keys });
    ordersChanged();
  } catch (error) {
    toast(sentence(error), "error");
  }
}

/** One press for one or many of them; `label`: what is said by it. */
export function AsideButton(props: { label: string; name: string; variant: "secondary" | "subtle"; press: () => Promise<void> }) {
  const { label, name, variant, press } = props;
  const busy = useSignal(false);
  const allowed = can("operate");
  const act = async () => {
    busy.value = true;
    await press();
    busy.value = false;
  };
  return (
    <Button
      class={`btn ${variant} read`}
      busy={busy.value}
      disabled={!allowed}
      title={allowed ? undefined : NEEDS.operate}
      aria-label={name}
      onClick={act}
    >
      {label}
    </Button>
  );
}

function Aside({ problem }: { problem: ProblemRow }) {
  const { key, aside } = problem;
  const title = readable(problem.title);
  if (problem.readAt) return <AsideButton label="Put back" name={`Put back: ${title}`} variant="secondary" press={() => putBack([key])} />;
  const label = aside ?? "Mark as read";
  return <AsideButton label={label} name={`${label}: ${title}`} variant={aside ? "secondary" : "subtle"} press={() => putAside([key])} />;
}

/** Both sides of the one order that it is about, one click away. */
function Sides({ sides }: { sides: ProblemRow["sides"] }) {
  if (!sides) return null;
  return (
    <>
      {sides.order && <OutLink href={sides.order}>{`Order ${sides.orderId} in BigCommerce`}</OutLink>}
      {sides.sale && <OutLink href={sides.sale}>{`${sides.saleNumber || "Sale"} in Cin7`}</OutLink>}
    </>
  );
}

/** Since when, which orders, and the way to both sides. */
export function Meta({ problem: p, own }: { problem: ProblemRow; own?: number | undefined }) {
  // No link says again what a button says.
  const opened = p.remedies.flatMap((r) => ("to" in r ? [r.to] : []));
  const others = p.orders.filter((id) => id !== own && !opened.includes(`/orders/${id}`));
  const more = p.orderCount - p.orders.length;
  return (
    <p class="meta">
      <Badge label={AREA[p.area]} tone="quiet" />
      <span>{p.readAt ? `Read ${dateTime(p.readAt)}` : `Since ${dateTime(p.raisedAt)}`}</span>
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
      {!p.holds && own !== undefined && <span>Nothing waits for this.</span>}
      <Sides sides={p.sides} />
    </p>
  );
}

/** One card: it can be stepped to, and its name is its title. */
export function Card({
  id,
  title,
  level: Level = "h2",
  children,
}: {
  id: string;
  title: string;
  level?: "h2" | "h3";
  children: ComponentChildren;
}) {
  const head = useId();
  return (
    <article class="problem" id={cardId(id)} tabIndex={-1} aria-labelledby={head}>
      <Level id={head}>{readable(title)}</Level>
      {children}
    </article>
  );
}

/** What happened, what it means, and first of all the way out. `own`: the order whose page this is shown on. */
export function Problem({ problem: p, own, level }: { problem: ProblemRow; own?: number; level?: "h2" | "h3" }) {
  // No button leads to the page that is open, and what was read asks for nothing.
  const remedies = p.readAt ? [] : p.remedies.filter((r) => !("to" in r) || r.to !== `/orders/${own}`);
  return (
    <Card id={p.key} title={p.title} {...(level ? { level } : {})}>
      <p>{readable(p.text)}</p>
      {(remedies.length > 0 || !p.holds) && (
        <div class="actions">
          {remedies.map((remedy, i) => (
            <RemedyButton key={remedy.label} remedy={remedy} first={i === 0 && isTheRemedy(remedy)} of={p.key} />
          ))}
          {!p.holds && <Aside problem={p} />}
        </div>
      )}
      <Meta problem={p} own={own} />
    </Card>
  );
}
