import { useEffect } from "preact/hooks";
import type { AttentionList } from "../../../worker/contract/index.ts";
import { Needs } from "../../components/basics.tsx";
import { Search } from "../../components/field.tsx";
import { Empty, Load } from "../../components/load.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Problem } from "../../components/problem.tsx";
import { Paging, SortSelect } from "../../components/table.tsx";
import { withQuery } from "../../lib/api.ts";
import { cardId, leftCard } from "../../lib/back.ts";
import { type ListState, useListState } from "../../lib/list.ts";
import { useQuery } from "../../lib/query.ts";
import { storeApi } from "../../lib/store.ts";
import { AREA } from "../../lib/words.ts";
import { Inbox } from "./inbox.tsx";
import { KEYS, useKeys } from "./keys.ts";

const SORTS = [
  ["urgency:desc", "Most urgent first"],
  ["orders:desc", "Most orders first"],
  ["raisedAt:desc", "Newest first"],
  ["raisedAt:asc", "Oldest first"],
] as const;

export default function Attention() {
  const list = useListState({ q: "", area: "", read: "", sort: "urgency", dir: "desc", page: "1", perPage: "25" });
  const [area, read, sort] = [list.read("area"), list.read("read"), list.read("sort")];
  const asked = { q: list.read("q"), area, read, sort, dir: list.read("dir"), page: list.page, perPage: list.perPage };
  const query = useQuery<AttentionList>(withQuery(storeApi`/attention`, asked), { poll: 15_000 });
  useKeys();
  useWayBack(query.data.value);
  return (
    <>
      <PageHead
        title="Needs attention"
        text={
          read
            ? "What was put aside. It comes back by itself when it happens again."
            : "What a person must decide, the most urgent first. One decision lets go every order that waits for it."
        }
      />
      <Needs right="operate" />
      <section class="panel by-urgency" aria-label="Needs attention">
        <Views list={list} />
        <div class="filters">
          <Search name="Search this list" label="Order, SKU or words" value={list.read("q")} onSearch={(q) => list.set({ q })} />
          {!read && <SortSelect options={SORTS} list={list} />}
        </div>
        <Load query={query} lines={6}>
          {(data) =>
            data.rows.length ? (
              <>
                {sort === "urgency" && !read ? (
                  <Inbox rows={data.rows} />
                ) : (
                  data.rows.map((problem) => <Problem key={problem.key} problem={problem} />)
                )}
                {!read && <Keys />}
                <Paging list={list} total={data.total} rows={data.rows.length} />
              </>
            ) : (
              <Nothing list={list} />
            )
          }
        </Load>
      </section>
    </>
  );
}

function Views({ list }: { list: ListState }) {
  const area = list.read("area");
  const read = list.read("read") !== "";
  const views = [["", "All"], ...Object.entries(AREA)] as [string, string][];
  return (
    <nav class="chips views" aria-label="Area">
      {views.map(([value, word]) => (
        <a key={value} href={list.url({ area: value, read: "" })} aria-current={!read && area === value ? "page" : undefined}>
          {word}
        </a>
      ))}
      <a href={list.url({ area: "", read: "1" })} aria-current={read ? "page" : undefined}>
        Read
      </a>
    </nav>
  );
}

function Nothing({ list }: { list: ListState }) {
  if (list.read("q") || list.read("area"))
    return (
      <Empty title="Nothing fits">
        <a href={list.url({ q: "", area: "" })}>
          {list.read("read") ? "Show everything that was read" : "Show everything that needs attention"}
        </a>
      </Empty>
    );
  if (list.read("read")) return <Empty title="Nothing was put aside">What you mark as read stands here, and can be put back.</Empty>;
  return <Empty title="Nothing needs you">Orders go by themselves. This page fills only when a decision is yours.</Empty>;
}

const Keys = () => (
  <p class="keys">
    {KEYS.map(([key, does]) => (
      <span key={key}>
        <kbd>{key}</kbd> {does}
      </span>
    ))}
  </p>
);

/** Who comes back from a remedy elsewhere stands at the card again, or where it was. */
function useWayBack(data: AttentionList | undefined) {
  useEffect(() => {
    const left = leftCard.peek();
    if (!data || !left) return;
    leftCard.value = null;
    (document.getElementById(cardId(left.key)) ?? document.querySelector<HTMLElement>("article.problem"))?.focus();
  }, [data]);
}
