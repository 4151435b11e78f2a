import { parseArgs } from "node:util";
import { drive } from "../test/prove/drive.ts";
import { proveEvery } from "../test/prove/every.ts";
import { PLAN } from "../test/prove/lives.ts";
import { KINDS, type ProveKind } from "../test/prove/schedule.ts";
import { explain, openShops } from "../test/prove/shops.ts";
import { openStage } from "../test/prove/stage.ts";
import { buildUi } from "./stack.ts";

/**
 * `npm run prove -- --orders N --seed S [--faults all|kind,kind] [--kill N|every]`: exactly once, proven from outside
 * (design 7; rules N1, F111). Ends with one line of counts; exit 1 unless they are what the seed says.
 */
const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    faults: { type: "string", default: "all" },
    kill: { type: "string", default: "0" },
    scale: { type: "string", default: "20" },
    keep: { type: "boolean", default: false },
    quiet: { type: "boolean", default: false },
  },
});
const [orders, seed, scale] = [Number(values.orders), Number(values.seed), Number(values.scale)];
const names = values.faults === "all" ? [...KINDS] : values.faults === "none" ? [] : values.faults.split(",");
const unknown = names.filter((name) => !(KINDS as readonly string[]).includes(name));
if (unknown.length > 0 || ![orders, seed, scale].every(Number.isFinite)) {
  console.error(`no such fault: ${unknown.join(", ")}. Faults: ${KINDS.join(", ")}`);
  process.exit(2);
}
const kinds = new Set(names as ProveKind[]);
const say = (text: string) => (values.quiet && text.startsWith("  ") ? undefined : console.log(text));

// Ended from outside: the processes that it started end with it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

await buildUi();
const stage = await openStage(scale, seed);
let ok = false;
try {
  const run = { orders, seed, kinds, scale, say };
  const shops = await openShops(stage, PLAN);
  const verdict = await (values.kill === "every"
    ? proveEvery(stage, shops, [], run)
    : drive(stage, shops, [], { ...run, kills: Number(values.kill) }));
  ok = verdict.ok;
  for (const { what, order, shop, kind, why } of verdict.findings) {
    console.log(`${what}: order ${order} (${shop}, ${kind}): ${why}`);
    if (order > 0) console.log(await explain(shops[shop], order));
  }
  if (!ok) {
    console.log(
      `replay: npm run prove -- --orders ${orders} --seed ${seed} --faults ${values.faults} --kill ${values.kill} --scale ${scale}`,
    );
    if (values.keep) console.log(`kept: ${stage.dataDir}`);
  }
  console.log(verdict.line);
} finally {
  await stage.stop(values.keep && !ok);
}
process.exit(ok ? 0 : 1);
