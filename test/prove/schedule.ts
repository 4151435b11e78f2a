import { EXCHANGE_KINDS, HOOK_KINDS } from "../twins/faults.ts";
import type { Fault, FaultKind, Random } from "../twins/world.ts";

/**
 * Which call goes wrong how: from the seed, by the number of the call, never by the clock. Durations are those of the real
 * vendors (the twins divide them). A write that comes late comes at most 60 s after it was sent and is found at most 20 s
 * later: inside the 120 s for which the outcome counts as unknown (design 3.2).
 */
export const KINDS = [
  // `refuse` among them is said in the middle (`middle.ts`), about one order.
  ...EXCHANGE_KINDS,
  ...HOOK_KINDS,
  "index-lag",
  "hooks-failed",
  "outage",
  // What people do in the middle.
  "typed-payment",
  "stocktake",
  "disconnect",
  "denied",
  "d1-busy",
  "restore",
  "lock-date",
] as const;
export type ProveKind = (typeof KINDS)[number];

type Spot = { peer: "cin7" | "bigcommerce"; method: "GET" | "POST"; path: string; chance: number; never?: ProveKind };
const write = (path: string): Spot => ({ peer: "cin7", method: "POST", path, chance: 0.11 });
const read = (path: string): Spot => ({ peer: "cin7", method: "GET", path, chance: 0.08 });
const shop = (path: string): Spot => ({ peer: "bigcommerce", method: "GET", path, chance: 0.03 });
const SPOTS: readonly Spot[] = [
  ...["/sale$", "/sale/order", "/sale/invoice", "/sale/payment", "/customer"].map(write),
  ...["/saleList", "/sale/order", "/sale/invoice", "/sale/payment", "/customer", "/product"].map(read),
  ...["/v2/orders", "/v3/orders", "/v3/catalog"].map(shop),
  // Few orders have bundles. `late-commit` is a known doubt (decision 0018): finished goods know no key, so that what Cin7 carries
  // out later than the quiet time would be a second assembly.
  { ...write("/finishedGoods$"), chance: 0.4, never: "late-commit" },
  ...["/finishedGoodsList", "/finishedGoods$"].map((path) => ({ ...read(path), chance: 0.2 })),
];
const ON_WRITES: readonly ProveKind[] = EXCHANGE_KINDS.filter((kind) => kind !== "refuse");
/** A read commits nothing: late, held and unanswered are one with slow and cut. */
const ON_READS = ON_WRITES.filter((kind) => kind !== "timeout-after" && kind !== "late-commit" && kind !== "hold");
const ON_SHOP = ON_READS.filter((kind) => kind !== "throttle-503" && kind !== "throttle-400");

/** Open facts of the vendors, each in one of its positions: whatever is true of them, an order is one sale. */
const POSITIONS: Readonly<Record<string, readonly (string | boolean | number)[]>> = {
  externalIdMatch: ["exact", "prefix", "substring"],
  skuMatch: ["prefix", "substring"],
  taskIdIsSaleId: [true, false],
  orderNumberAt: ["creation", "authorisation"],
  invoiceNumberAt: ["creation", "authorisation"],
  errorShape: ["array", "object"],
  throttleStatus: ["429", "503", "400"],
  secondInvoice: ["convert", "refuse"],
  overpayment: ["credit", "refuse", "accept"],
  decimals: ["fixed", "mixed"],
  emptyListStatus: [204, 200],
  storefrontStartsIncomplete: [true, false],
  hashIncludesTime: [false, true],
  createdAtInHook: [true, false],
  archivedInList: [false, true],
};

export const positionsOf = (r: Random): Record<string, string | boolean | number> =>
  Object.fromEntries(Object.entries(POSITIONS).map(([name, values]) => [name, r.pick(values)]));

const PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>";

export function scheduleOf(r: Random, kinds: ReadonlySet<ProveKind>, orders: number): Fault[] {
  const faults: Fault[] = [];
  for (const spot of SPOTS) {
    const possible = (spot.method === "POST" ? ON_WRITES : spot.peer === "cin7" ? ON_READS : ON_SHOP).filter(
      (kind) => kinds.has(kind) && kind !== spot.never,
    );
    if (possible.length > 0) spread(r, orders, spot.chance, (skip) => faults.push(faultOf(r, spot, r.pick(possible), skip)));
  }
  if (kinds.has("index-lag"))
    spread(r, orders, 0.5, (skip) =>
      faults.push({ peer: "cin7", kind: "index-lag", path: "/saleList", times: 1, skip, ms: r.int(1_000, 20_000) }),
    );
  const hooks = HOOK_KINDS.filter((kind) => kinds.has(kind));
  if (hooks.length > 0)
    spread(r, orders * 3, 0.2, (skip) =>
      faults.push({ peer: "bigcommerce", kind: r.pick(hooks), path: "/store/order", times: 1, skip, ms: r.int(0, 60_000) }),
    );
  if (kinds.has("hooks-failed"))
    spread(r, orders * 3, 0.05, (skip) => faults.push({ peer: "app", kind: "timeout-after", path: "/webhooks", times: 1, skip }));
  return faults;
}

function spread(r: Random, calls: number, chance: number, add: (skip: number) => void): void {
  for (let n = 0; n < calls; n++) if (r.next() < chance) add(n);
}

function faultOf(r: Random, { peer, method, path }: Spot, kind: ProveKind, skip: number): Fault {
  const fault: Fault = { peer, method, path, kind: kind as FaultKind, times: 1, skip };
  switch (kind) {
    case "status":
      return { ...fault, status: r.pick([500, 502, 503, 504]), ...(r.next() < 0.5 ? { text: PAGE } : {}) };
    case "late-commit":
      return { ...fault, ms: r.int(1_000, 40_000) };
    case "slow":
      return { ...fault, ms: r.int(1_000, 30_000) };
    case "hold":
    case "reset":
      return { ...fault, when: r.pick(["before", "after"] as const) };
    default:
      return fault;
  }
}

/** Cin7 answers nobody: three ways of it, until it is taken back by name. */
export function outage(r: Random): Fault {
  const how = r.pick(["status", "timeout-before", "reset"] as const);
  return { peer: "cin7", kind: how, name: "outage", ...(how === "status" ? { status: 503, text: PAGE } : { when: "before" as const }) };
}
