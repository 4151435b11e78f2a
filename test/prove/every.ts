import { json } from "../../scripts/connect.ts";
import type { Fault } from "../twins/world.ts";
import { type DriveOptions, pause, settled } from "./drive.ts";
import type { Placed, Verdict } from "./judge.ts";
import { kitLines } from "./kits.ts";
import type { Life } from "./lives.ts";
import { type Shops, told } from "./shops.ts";
import type { Stage } from "./stage.ts";

/**
 * `--kill every`: for each call of one order's life the Worker is killed before and after its commit: the answer is withheld,
 * the process dies, the call goes on at the vendor, the Worker starts again.
 */
type Call = Pick<Fault, "peer" | "method" | "path"> & { skip?: number };
const CALLS: readonly Call[] = [
  { peer: "bigcommerce", method: "GET", path: "/v2/orders" },
  { peer: "cin7", method: "GET", path: "/customer" },
  { peer: "cin7", method: "POST", path: "/customer" },
  { peer: "cin7", method: "POST", path: "/sale$" },
  { peer: "cin7", method: "POST", path: "/finishedGoods" },
  { peer: "cin7", method: "POST", path: "/sale/order" },
  { peer: "cin7", method: "POST", path: "/sale/invoice" },
  { peer: "bigcommerce", method: "GET", path: "/v3/orders" },
  { peer: "cin7", method: "POST", path: "/sale/payment" },
  { peer: "cin7", method: "POST", path: "/sale/payment", skip: 1 },
];

type Moment = { call: Call; when: "before" | "after" };
type EveryOptions = Pick<DriveOptions, "seed" | "scale" | "say">;

/** A reading commits nothing: once is enough. */
const MOMENTS: readonly Moment[] = CALLS.flatMap((call) =>
  (call.method === "GET" ? (["before"] as const) : (["before", "after"] as const)).map((when) => ({ call, when })),
);
/** Of those: what Cin7 has done and we have not noted, once for each document. */
export const UNNOTED = MOMENTS.filter(
  ({ call, when }) => when === "after" && !call.skip && /sale.$|finishedGoods|invoice|payment/.test(call.path ?? ""),
);

export async function proveEvery(stage: Stage, shops: Shops, placed: Placed[], o: EveryOptions, moments = MOMENTS): Promise<Verdict> {
  for (const [n, { call, when }] of moments.entries()) {
    o.say(`kill -9 ${when} the commit of ${call.method} ${call.path}${call.skip ? `, the ${call.skip + 1}nd` : ""}`);
    await told(stage, "/faults/add", [{ ...call, kind: "hold", when, times: 1, name: "every" }]);
    const life = lifeOf(n, o.seed);
    const { id } = await told<{ id: number }>(stage, `/bigcommerce/${shops.au.store}/orders`, life.form);
    placed.push({ life, id });
    await reached(stage, call);
    if (when === "after") await pause(100);
    await stage.kill();
    await told(stage, "/faults/release");
    await stage.restart();
    // Each life has ended before the next one is disturbed, so that the call held is its own.
    await settled(stage, shops, placed, { ...o, quick: true });
  }
  return settled(stage, shops, placed, o);
}

/** A new shopper, a bundle, a certificate and a card: every kind of call that a life has. */
const lifeOf = (n: number, seed: number): Life => ({
  n,
  shop: "au",
  kind: "killed at a call",
  wanted: "sale",
  steps: [],
  kits: { "KIT-TEA": 2 },
  form: {
    lines: [{ sku: "CUP-ENAM", quantity: 2 }, ...kitLines({ "KIT-TEA": 2 })],
    shipping: 9,
    giftCertificate: "20.00",
    billing: { first_name: "Robin", last_name: `Life ${seed}-${n}`, email: `life${n}@example.org`, street_1: "3 Quay Street" },
  },
});

/** Taken from the list = in force just now. */
async function reached(stage: Stage, call: Call): Promise<void> {
  for (const deadline = Date.now() + 180_000; Date.now() < deadline; ) {
    const list = (await json(await fetch(`${stage.twins}/control/faults`))) as Fault[];
    if (!list.some((fault) => fault.name === "every")) return;
    await pause(20);
  }
  throw new Error(`no call ${call.method} ${call.path} was made, so nothing could be killed there`);
}
