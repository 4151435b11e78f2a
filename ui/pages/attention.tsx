import type { AttentionList } from "../../worker/contract/index.ts";
import { Needs } from "../components/basics.tsx";
import { Search } from "../components/field.tsx";
import { Empty, Load } from "../components/load.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Problem } from "../components/problem.tsx";
import { Paging, SortSelect } from "../components/table.tsx";
import { withQuery } from "../lib/api.ts";
import { useListState } from "../lib/list.ts";
import { useQuery } from "../lib/query.ts";
import { storeApi } from "../lib/store.ts";
import { AREA } from "../lib/words.ts";

const SORTS = [
  ["orders:desc", "Most orders first"],
  ["raisedAt:desc", "Newest first"],
  ["raisedAt:asc", "Oldest first"],
] as const;

export default function Attention() {
  const list = useListState({ q: "", area: "", sort: "orders", dir: "desc", page: "1", perPage: "25" });
  const area = list.read("area");
  const query = useQuery<AttentionList>(
    withQuery(storeApi`/attention`, {
      q: list.read("q"),
      area,
      sort: list.read("sort"),
      dir: list.read("dir"),
      page: list.page,
      perPage: list.perPage,
    }),
    { poll: 15_000 },
  );
  return (
    <>
      <PageHead title="Needs attention" text="What a person must decide. One decision lets go every order that waits for it." />
      <Needs right="operate" />
      <section class="panel" aria-label="Needs attention">
        <nav class="chips views" aria-label="Area">
          {([["", "All"], ...Object.entries(AREA)] as [string, string][]).map(([value, word]) => (
            <a key={value} href={list.url({ area: value })} aria-current={area === value ? "page" : undefined}>
              {word}
            </a>
          ))}
        </nav>
        <div class="filters">
          <Search name="Search this list" label="Order, SKU or words" value={list.read("q")} onSearch={(q) => list.set({ q })} />
          <SortSelect options={SORTS} list={list} />
        </div>
        <Load query={query} lines={6}>
          {(data) =>
            data.rows.length ? (
              <>
                {data.rows.map((problem) => (
                  <Problem key={problem.key} problem={problem} />
                ))}
                <Paging list={list} total={data.total} rows={data.rows.length} />
              </>
            ) : list.read("q") || area ? (
              <Empty title="Nothing fits">
                <a href={list.url({ q: "", area: "" })}>Show everything that needs attention</a>
              </Empty>
            ) : (
              <Empty title="Nothing needs you">Orders go by themselves. This page fills only when a decision is yours.</Empty>
            )
          }
        </Load>
      </section>
    </>
  );
}
