import { useSignal } from "@preact/signals";
import type { OrderRow, Queued } from "../../worker/contract.ts";
import { path, post, sentence } from "../lib/api.ts";
import { moment } from "../lib/format.ts";
import { can } from "../lib/session.ts";
import { hash, ordersChanged } from "../lib/store.ts";
import { NEEDS, ORDER_STATE, STAGE } from "../lib/words.ts";
import { Badge, Button, OutLink } from "./basics.tsx";
import { toast } from "./toast.tsx";

export const StateBadge = ({ row }: { row: OrderRow }) => <Badge label={ORDER_STATE[row.state].word} tone={ORDER_STATE[row.state].tone} />;

const SHORT = 30;

/** The state and the server's line about it, said once: "Held: tax" is the badge itself, not a badge "Held" with the same below. */
export function State({ row }: { row: OrderRow }) {
  const { word, tone } = ORDER_STATE[row.state];
  const note = noteOf(row);
  if (note.startsWith(word) && note.length <= SHORT) return <Badge label={note} tone={tone} />;
  return (
    <>
      <Badge label={word} tone={tone} />
      {note && note !== word && <small>{note}</small>}
    </>
  );
}

/** The server's line, with its instant in the reader's own format where it speaks of one. */
function noteOf(row: OrderRow): string {
  if (!row.when) return row.note;
  const time = moment(row.when);
  return row.note.includes("…") ? row.note.replace("…", time) : `${row.note} ${time}`.trim();
}

export const Stages = ({ row }: { row: OrderRow }) =>
  row.stages.length ? (
    <ul class="stages" aria-label="What happened in Cin7">
      {row.stages.map((stage) => (
        <li key={stage}>{STAGE[stage]}</li>
      ))}
    </ul>
  ) : null;

export function SaleLink({ row }: { row: OrderRow }) {
  if (!row.saleNumber) return null;
  return row.saleUrl ? <OutLink href={row.saleUrl}>{row.saleNumber}</OutLink> : <span>{row.saleNumber}</span>;
}

export function ProcessButton({ id, slim, label }: { id: number; slim?: boolean; label?: string }) {
  const busy = useSignal(false);
  const allowed = can("operate");
  const process = async () => {
    busy.value = true;
    try {
      await post<Queued>(path`/api/stores/${hash.value ?? ""}/orders/${id}/process`);
      toast(`Order ${id} is looked at again now.`);
      ordersChanged();
    } catch (error) {
      toast(sentence(error), "error");
    } finally {
      busy.value = false;
    }
  };
  return (
    <Button
      variant="secondary"
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
