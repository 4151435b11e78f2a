import { parseArgs } from "node:util";
import { judgeMany } from "../test/worker/orders/mapping/judge-many.ts";

/**
 * `npm run oracle -- --orders N --seed S`: as many orders, of shops with and without tax in their prices and every position of the
 * settings, judged by an oracle that shares no code with the mapping. Exit 1 unless every document is what the rules say.
 */
const { values } = parseArgs({ options: { orders: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } } });
const [orders, seed] = [Number(values.orders), Number(values.seed)];
if (![orders, seed].every(Number.isInteger)) {
  console.error("--orders and --seed are whole numbers");
  process.exit(2);
}
const { wrong, line } = judgeMany(seed, orders);
for (const each of wrong.slice(0, 200)) console.log(each);
console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
