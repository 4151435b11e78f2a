import { useSignal } from "@preact/signals";
import type { OrderNote, OrderRow, Queued } from "../../worker/contract/index.ts";
import { path, post, sentence } from "../lib/api.ts";
import { moment, readable } from "../lib/format.ts";
import { can } from "../lib/session.ts";
import { hash, ordersChanged } from "../lib/store.ts";
import { badgeOf, NEEDS, ORDER_STATE, STAGE } from "../lib/words.ts";
import { Badge, Button, OutLink } from "./basics.tsx";
import { toast } from "./toast.tsx";

export const StateBadge = ({ row }: { row: OrderRow }) => <Badge label={badgeOf(row).word} tone={badgeOf(row).tone} />;

const SHORT = 30;

/** The state and what is said of it, each word once: "Held: tax" is the badge itself; a long reason stands below it. */
export function State({ row }: { row: OrderRow }) {
  const { word, tone } = ORDER_STATE[row.state];
  // The sale has a column of its own, and how far it is says more than that it is there.
  if (row.state === "sent")
    return (
      <>
        <StateBadge row={row} />
        <Stages row={row} />
      </>
    );
  const reason = noteWords(row.note);
  const whole = noteOf(row);
  if (reason && followsItsState(row) && whole.length <= SHORT) return <Badge label={whole} tone={tone} />;
  return (
    <>
      <Badge label={word} tone={tone} />
      {reason && <small>{reason.charAt(0).toUpperCase() + reason.slice(1)}</small>}
    </>
  );
}

/** Whose note goes on behind the word of the state. */
const followsItsState = ({ state }: OrderRow): boolean => state === "held" || state === "not-taken";

/** What is said of an order as a line of its own: with the word of its state where the note goes on behind it. */
export function noteOf(row: OrderRow): string {
  const { word } = ORDER_STATE[row.state];
  const words = noteWords(row.note);
  if (!followsItsState(row)) return words;
  return words ? `${word}: ${words}` : word;
}

/** The one place where a note becomes words, with its instant in the reader's own format. */
function noteWords(note: OrderNote): string {
  switch (note.is) {
    case "said":
      return readable(note.text);
    case "again":
      return `Tries again${note.at ? ` at ${moment(note.at)}` : ""}${note.why ? ` (${readable(note.why)})` : ""}`;
    case "turn":
      return note.at ? `Waits for its turn, sent at about ${moment(note.at)}` : "Waits for its turn";
    case "day":
      return `Goes with the daily sale, at ${moment(note.at)}`;
  }
}

/** That the sale was created goes without saying as soon as anything else is said of it. */
export const Stages = ({ row }: { row: OrderRow }) =>
  row.stages.length ? (
    <ul class="stages" aria-label="What happened in Cin7">
      {(row.stages.length > 1 ? row.stages.filter((stage) => stage !== "sale") : row.stages).map((stage) => (
        <li key={stage}>{STAGE[stage]}</li>
      ))}
    </ul>
  ) : null;

export function SaleLink({ row }: { row: OrderRow }) {
  if (!row.saleNumber) return null;
  return row.saleUrl ? <OutLink href={row.saleUrl}>{row.saleNumber}</OutLink> : <span>{row.saleNumber}</span>;
}

export function ProcessButton({ id, slim, label, first }: { id: number; slim?: boolean; label?: string; first?: boolean }) {
  const busy = useSignal(false);
  const allowed = can("operate");
  const process = async () => {
    busy.value = true;
    try {
      const { keptOut } = await post<Queued>(path`/api/stores/${hash.value ?? ""}/orders/${id}/process`);
      const said = id < 0 ? "The daily sale is looked at again now." : `Order ${id} is looked at again now.`;
      toast(keptOut ? `${said} As BigCommerce told of it last it stays out: ${readable(keptOut)}` : said);
      ordersChanged();
    } catch (error) {
      toast(sentence(error), "error");
    } finally {
      busy.value = false;
    }
  };
  return (
    <Button
      variant={first ? "primary" : "secondary"}
      slim={slim}
      busy={busy.value}
      disabled={!allowed}
      title={allowed ? undefined : NEEDS.operate}
      onClick={process}
    >
      {label ?? `Process order ${id}`}
    </Button>
  );
}
