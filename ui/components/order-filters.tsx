import type { AttentionKinds, OrderState } from "../../worker/contract/index.ts";
import { download, sentence, withQuery } from "../lib/api.ts";
import { count, readable } from "../lib/format.ts";
import type { ListState } from "../lib/list.ts";
import { useQuery } from "../lib/query.ts";
import { useRun } from "../lib/run.ts";
import { storeApi } from "../lib/store.ts";
import { ORDER_STATE } from "../lib/words.ts";
import { Button } from "./basics.tsx";
import { type Options, PickDay, PickOne, Search } from "./field.tsx";
import { SortSelect } from "./table.tsx";
import { toast } from "./toast.tsx";

/** All of it stands in the address: a filtered list can be kept as a bookmark and sent to a colleague. */
export const NO_FILTER = { q: "", state: "", problem: "", from: "", to: "" };
type Filter = typeof NO_FILTER;
export const filterOf = (list: ListState): Filter =>
  Object.fromEntries(Object.keys(NO_FILTER).map((key) => [key, list.read(key)])) as Filter;

const SORTS = [
  ["id:desc", "Newest first"],
  ["id:asc", "Oldest first"],
  ["total:desc", "Highest total"],
  ["customer:asc", "Customer"],
  ["updatedAt:desc", "Last changed"],
] as const;

type Props = { list: ListState; states: readonly OrderState[]; unpaid: boolean; asked: Record<string, string> };

export function Filters({ list, states, unpaid, asked }: Props) {
  return (
    <div class="filters">
      <Search name="Search this list" label="Order, customer or sale" value={list.read("q")} onSearch={(q) => list.set({ q })} />
      <PickOne
        label="State"
        value={list.read("state")}
        options={[
          ["", "All"],
          ...states.map((s) => [s, ORDER_STATE[s].word] as const),
          ...(unpaid ? [["unpaid", "Payment not in Cin7"] as const] : []),
        ]}
        onPick={(state) => list.set({ state })}
      />
      <Problems list={list} />
      <PickDay label="Placed from" value={list.read("from")} max={list.read("to")} onPick={(from) => list.set({ from })} />
      <PickDay label="to" name="Placed to" value={list.read("to")} min={list.read("from")} onPick={(to) => list.set({ to })} />
      <SortSelect options={SORTS} list={list} narrow />
      <Export asked={asked} />
    </div>
  );
}

/** Only what is open somewhere is offered; one that is chosen stays, also when it is over. */
function Problems({ list }: { list: ListState }) {
  const query = useQuery<AttentionKinds>(storeApi`/attention/kinds`, { poll: 30_000 });
  const chosen = list.read("problem");
  const kinds = query.data.value?.kinds ?? [];
  if (kinds.length === 0 && chosen === "") return null;
  const options: Options = [
    ["", "Any"],
    ...kinds.map(({ kind, label, orders }) => [kind, `${sentenceStart(readable(label))} (${count(orders)})`] as const),
    ...(chosen && !kinds.some(({ kind }) => kind === chosen) ? [[chosen, "No longer there"] as const] : []),
  ];
  return <PickOne label="Problem" value={chosen} options={options} onPick={(problem) => list.set({ problem })} />;
}
const sentenceStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The file of exactly what the list shows, all its pages. */
function Export({ asked }: { asked: Record<string, string> }) {
  const { busy, run } = useRun();
  const save = () =>
    run(() => download(withQuery(storeApi`/orders.csv`, asked)).catch((error: unknown) => toast(sentence(error), "error")));
  return (
    <Button variant="secondary" busy={busy.value} onClick={() => void save()}>
      Download as CSV
    </Button>
  );
}
