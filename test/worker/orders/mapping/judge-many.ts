import { draw } from "../../../oracle/draw.ts";
import { judge } from "../../../oracle/judge.ts";
import { ask } from "./against-oracle.ts";

/** `count` orders from a seed on: what is wrong with them, and what they were, in one line. */
export function judgeMany(seed: number, count: number): { wrong: string[]; line: string } {
  const wrong: string[] = [];
  let differ = 0;
  const kinds = { sale: 0, held: 0, "not taken": 0 };
  const stores = { with: 0, without: 0 };
  for (let n = seed; n < seed + count; n++) {
    const drawn = draw(n);
    const { sent } = ask(drawn);
    kinds[sent.is]++;
    stores[drawn.raw.order.is_tax_inclusive_pricing ? "with" : "without"]++;
    const found = judge(drawn, sent);
    if (found.length > 0) differ++;
    wrong.push(...found);
  }
  const line = `orders ${count} (tax in prices ${stores.with}, without ${stores.without}): sales ${kinds.sale}, held ${kinds.held}, not taken ${kinds["not taken"]}; wrong orders ${differ}, differences ${wrong.length}`;
  return { wrong, line };
}
