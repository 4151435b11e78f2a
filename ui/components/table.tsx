import type { ComponentChildren } from "preact";
import { count } from "../lib/format.ts";
import type { ListState } from "../lib/list.ts";
import { Button } from "./basics.tsx";
import { type Options, PickOne } from "./field.tsx";
import { DownIcon, NextIcon, PreviousIcon, UpIcon } from "./icons.tsx";

export interface Column<T> {
  key: string;
  header: string;
  num?: boolean;
  /** The server sorts by the column's key. */
  sort?: boolean;
  /** The row's name, for screen readers. */
  head?: boolean;
  /** Takes the whole width of the card on a narrow screen. */
  wide?: boolean;
  class?: string;
  cell: (row: T, index: number) => ComponentChildren;
}

interface Sorting {
  key: string;
  dir: string;
  onSort: (key: string, dir: "asc" | "desc") => void;
}

function Head<T>({ column: c, sorting }: { column: Column<T>; sorting?: Sorting | undefined }) {
  const now = sorting && sorting.key === c.key ? sorting.dir : "";
  return (
    <th scope="col" class={c.num ? "num" : undefined} aria-sort={now ? (now === "asc" ? "ascending" : "descending") : undefined}>
      {c.sort && sorting ? (
        <button type="button" onClick={() => sorting.onSort(c.key, now === "asc" ? "desc" : "asc")}>
          {c.header}
          {now && (now === "asc" ? <UpIcon size="sm" /> : <DownIcon size="sm" />)}
        </button>
      ) : (
        c.header
      )}
    </th>
  );
}

export function Table<T>(props: {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T, index: number) => string | number;
  sorting?: Sorting;
  busy?: boolean;
  foot?: ComponentChildren;
}) {
  const { caption, columns, rows, rowKey, sorting, busy, foot } = props;
  return (
    <div class="table-wrap" aria-busy={busy ? "true" : undefined}>
      <table class="table">
        <caption class="vh">{caption}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <Head key={c.key} column={c} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={rowKey(row, i)}>
              {columns.map((c) => {
                const Cell = c.head ? "th" : "td";
                const look = [c.num && "num", c.wide && "wide", c.class].filter(Boolean).join(" ");
                return (
                  <Cell key={c.key} scope={c.head ? "row" : undefined} class={look || undefined} data-label={c.header || undefined}>
                    <div class="cell">{c.cell(row, i)}</div>
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

/** Sorting by a list of words; `narrow`: only where the table has no head to press. */
export const SortSelect = ({ options, list, narrow }: { options: Options; list: ListState; narrow?: boolean }) => (
  <PickOne
    label="Sort by"
    class={narrow ? "narrow-only" : undefined}
    value={`${list.read("sort")}:${list.read("dir")}`}
    options={options}
    onPick={(value) => {
      const [sort = "", dir = ""] = value.split(":");
      list.set({ sort, dir });
    }}
  />
);

export function Paging({ list, total, rows }: { list: ListState; total: number; rows: number }) {
  const from = total ? (list.page - 1) * list.perPage + 1 : 0;
  const to = Math.min(total, (list.page - 1) * list.perPage + rows);
  const go = (page: number) => {
    list.set({ page: String(page) });
    document.querySelector("h1")?.scrollIntoView();
  };
  return (
    <nav class="paging" aria-label="Pages">
      <span aria-live="polite">
        {count(from)}–{count(to)} of {count(total)}
      </span>
      <select
        class="plain"
        aria-label="Rows per page"
        value={String(list.perPage)}
        onChange={(e) => list.set({ perPage: e.currentTarget.value })}
      >
        {[25, 50, 100].map((n) => (
          <option key={n} value={n}>
            {n} per page
          </option>
        ))}
      </select>
      <Button variant="square" disabled={list.page <= 1} onClick={() => go(list.page - 1)}>
        <PreviousIcon title="Previous page" />
      </Button>
      <Button variant="square" disabled={to >= total} onClick={() => go(list.page + 1)}>
        <NextIcon title="Next page" />
      </Button>
    </nav>
  );
}
