import type { OrderDetail } from "../../worker/contract/index.ts";
import { Panel } from "../components/basics.tsx";
import { readable } from "../lib/format.ts";

/** Who owes what and what each payment leaves, for whoever keeps no ledger. */
export function Books({ books }: { books: OrderDetail["books"] }) {
  if (!books) return null;
  return (
    <Panel title="What it means in the books" text={books.when}>
      <dl class="facts">
        {books.entries.map(({ title, text }, i) => [<dt key={`${i}-t`}>{title}</dt>, <dd key={`${i}-d`}>{readable(text)}</dd>])}
      </dl>
    </Panel>
  );
}
