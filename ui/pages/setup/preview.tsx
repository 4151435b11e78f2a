import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { CapturePreview, Settings } from "../../../worker/contract/index.ts";
import { Message } from "../../components/basics.tsx";
import { post } from "../../lib/api.ts";
import { count, plural } from "../../lib/format.ts";
import { storeApi, storePath } from "../../lib/store.ts";
import { base, draft } from "./draft.ts";

/** What decides which orders are taken. */
const ruled = ({ orders, payments }: Settings) =>
  JSON.stringify([orders.captureWhen, orders.takeFrom, payments.methods.map((m) => [m.key, m.name, m.countsAsPaid])]);

const SHOWN = 12;

function Numbers({ ids, words }: { ids: number[]; words: string }) {
  if (ids.length === 0) return null;
  return (
    <li>
      {`${words}: `}
      {ids.slice(0, SHOWN).map((id, i) => (
        <span key={id}>
          {i > 0 && ", "}
          <a href={storePath(`/orders/${id}`)}>{id}</a>
        </span>
      ))}
      {ids.length > SHOWN && ` and ${count(ids.length - SHOWN)} more`}
    </li>
  );
}

const changes = ({ taken, notTaken }: CapturePreview) =>
  [
    taken.length && `${plural(taken.length, "order is", "orders are")} taken`,
    notTaken.length && `${plural(notTaken.length, "order is", "orders are")} no longer taken`,
  ]
    .filter(Boolean)
    .join(", ");
const lookedAt = (n: number) =>
  `${plural(n, "order was", "orders were")} last seen by an older release; Lockstep looks at ${n === 1 ? "it" : "them"} when you save.`;

/** Before another rule is saved: which known orders it takes and which it no longer does (F13). */
export function Preview() {
  const found = useSignal<CapturePreview | null>(null);
  const changed = useComputed(() => {
    const [now, saved] = [draft.value, base.value?.settings];
    return now && saved?.orders.on && now.orders.on && ruled(now) !== ruled(saved) ? ruled(now) : "";
  });
  useSignalEffect(() => {
    found.value = null;
    if (!changed.value) return;
    const own = new AbortController();
    const timer = setTimeout(() => {
      post<CapturePreview | null>(storeApi`/settings/preview`, { settings: draft.peek() }).then(
        (answer) => {
          if (!own.signal.aborted) found.value = answer;
        },
        // Saving says what is wrong.
        () => {},
      );
    }, 250);
    return () => {
      clearTimeout(timer);
      own.abort();
    };
  });
  const said = found.value;
  return (
    <div role="status">
      {said && (
        <Message type={said.notTaken.length ? "warning" : "info"} title={`When you save: ${changes(said) || "no known order changes"}`}>
          {`Of the ${plural(said.known, "order", "orders")} that Lockstep knows and that ${said.known === 1 ? "is" : "are"} not in Cin7 Core.`}
          {said.unsure.length > 0 && ` ${lookedAt(said.unsure.length)}`}
          {said.taken.length + said.notTaken.length > 0 && (
            <ul>
              <Numbers ids={said.taken} words="Taken at once" />
              <Numbers ids={said.notTaken} words="No longer taken, until they fit" />
            </ul>
          )}
        </Message>
      )}
    </div>
  );
}
