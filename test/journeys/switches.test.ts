import { beforeAll, describe, expect, it } from "vitest";
import { type Connected, json, openPanel } from "../../scripts/connect.ts";
import { BIGCOMMERCE_SWITCHES } from "../twins/bigcommerce/switches.ts";
import { SWITCH_BOARD } from "../twins/cin7/switches.ts";
import { booksOf, faults, heldPage, judge, paidPage, placeAll, salesFor } from "./judge.ts";
import { exclusiveShop, guestsOnDefault, inclusiveShop } from "./setups.ts";
import { control, journey } from "./stack.ts";

/**
 * Every fact about the vendors that is open or inferred is a switch of the twins. Three orders go through each of its other
 * positions: shipping, a fee and a free line; a coupon over two tax rules; prices with tax inside. Each ends exact and
 * paid, or, where the product cannot work like that yet, held with a problem that says why: never wrong, never lost.
 */
const place = journey(import.meta.filename);
let au: Connected;
let gb: Connected;
beforeAll(async () => {
  au = await exclusiveShop(place, { change: guestsOnDefault });
  gb = await inclusiveShop(place, { change: guestsOnDefault });
});

const ORDERS = {
  plain: {
    lines: [
      { sku: "SHT-FLN-S", quantity: 3 },
      { sku: "TOO-CARB", price: 0 },
    ],
    shipping: "12.95",
    fees: [{ name: "Bag", amount: "1.00" }],
  },
  coupon: {
    lines: [
      { sku: "TEE-MER-NVY-S", price: "99.99" },
      { sku: "HON-RAW", quantity: 3 },
    ],
    coupon: "WELCOME10",
    shipping: "9.95",
  },
  inclusive: { lines: [{ sku: "TEE-MER-NVY-S", quantity: 3, price: "33.33" }], shipping: "4.95" },
};
type Name = keyof typeof ORDERS;
type Position = { names: string; turn: Record<string, unknown>; held?: Partial<Record<Name, string>>; faults?: unknown[] };

/** Where the product cannot work yet, and which problem it raises. */
const HELD: Record<string, Partial<Record<Name, string>>> = {
  // Lowering line prices instead is a later issue (M2, decision 1.13).
  // Tax by its own rule, line by line: a cent more than the shop charged.
  "taxDisagrees=recompute": { plain: "cin7-total-differs", coupon: "cin7-total-differs", inclusive: "cin7-total-differs" },
  // Company settings that make Cin7 work out its own figures: stopped before the invoice (M1).
  "automaticallyApplyDiscounts=true": { plain: "cin7-total-differs", coupon: "cin7-total-differs", inclusive: "cin7-total-differs" },
};

/** Acts on verbs that no order calls on its way to being paid: turned all at once. */
const ELSEWHERE = [
  "limitAbove1000",
  "updatedSinceInclusive",
  "updatedUntilHonoured",
  "trackingBumpsUpdated",
  "stockBumpsProduct",
  "nullBinInStockHook",
  "putOnAuthorised",
  "secondInvoice",
  "secondCreditNote",
  "invoiceVoidOnSimple",
  "standaloneCreditNote",
  "restockUnshipped",
  "creditNoteFreesAllocation",
  "undoWithPayments",
  "undoWithShipment",
  "exportedToAccounting",
  "pickWithoutBin",
  "pickPackPut",
  "autoPickBatch",
  "transactionBounds",
  "unknownCarrier",
  "salesRepresentative",
  "prepaymentUnderSkipQuote",
  "stocktakeBlocksDrafts",
  "stocktakeWords",
  "shortComponents",
  "timeZone",
  "lockDateFormat",
];
/** Only seen when an unanswered write makes us look for it. */
const LOOKED = new Set(["externalIdMatch", "externalIdLagMs", "duplicateExternalId", "combinedInvoiceStatus", "skuMatch"]);
const UNANSWERED = [{ peer: "cin7", kind: "timeout-after", method: "POST", path: "/sale", times: 1 }];
/** Positions of switches that are numbers; those not named act together with others or in hostile.test.ts. */
const NUMBERS: Record<string, number> = { totalTolerance: 0, externalIdLagMs: 20_000 };
const NUMBERS_ELSEWHERE = ["throttleCalls", "throttleWindowMs", "dailyCap", "automaticDiscountPercent"];

function cin7Positions(): Position[] {
  const single: Position[] = [];
  for (const [name, { standard, values }] of Object.entries(SWITCH_BOARD)) {
    if (ELSEWHERE.includes(name) || NUMBERS_ELSEWHERE.includes(name)) continue;
    const others: readonly unknown[] = values ? (values as readonly unknown[]).filter((v) => v !== standard) : [NUMBERS[name]];
    if (name === "throttleOn") continue;
    if (name === "throttleStatus")
      others.length === 2 && single.push({ names: "throttleStatus=429", turn: { throttleStatus: "429", throttleCalls: 9 } });
    for (const value of others) {
      const names = `${name}=${String(value)}`;
      single.push({
        names,
        turn: { [name]: value, ...(name === "throttleStatus" ? { throttleCalls: 9 } : {}) },
        held: HELD[names] ?? {},
        ...(LOOKED.has(name) ? { faults: UNANSWERED } : {}),
      });
    }
  }
  const all = Object.fromEntries(ELSEWHERE.map((name) => [name, otherOf(name)]));
  return [...single, { names: `${ELSEWHERE.length} switches of verbs that orders do not call`, turn: all }];
}
const otherOf = (name: string) => {
  const found = (SWITCH_BOARD as Record<string, { standard: unknown; values: readonly unknown[] | null }>)[name];
  if (!found?.values) throw new Error(`${name} is no switch with positions any more`);
  return found.values.find((value) => value !== found.standard);
};

/** Words and numbers have no list of positions. */
const BIGCOMMERCE: Record<string, unknown> = {
  discountBasis: "inclusive",
  decimals: "mixed",
  emptyListStatus: 200,
  emptyTransactionsStatus: 204,
  createOrderStatus: 200,
  plan: "pro",
  jwtSkewSeconds: 50,
  hookDelayMs: 4000,
};
const DURATIONS = ["hookActivationMs", "hookTimeoutMs"];
/** What contract/check calls an error: the exchanges are marked as altered, so that the recording leaves them out. */
const UNOFFICIAL = new Set(["emptyTransactionsStatus", "taxClassIdText", "statusInHook", "createdAtInHook"]);
const UNRECORDED = ["bigcommerce", "app"].map((peer) => ({ peer, kind: "slow", ms: 0 }));

function bigcommercePositions(): Position[] {
  return Object.entries(BIGCOMMERCE_SWITCHES).flatMap(([name, standard]): Position[] => {
    if (DURATIONS.includes(name)) return [];
    const value = typeof standard === "boolean" ? !standard : BIGCOMMERCE[name];
    if (value === undefined) throw new Error(`which other position has the switch ${name}?`);
    return [{ names: `${name}=${String(value)}`, turn: { [name]: value }, ...(UNOFFICIAL.has(name) ? { faults: UNRECORDED } : {}) }];
  });
}

const positionsNow = async () => (await json(await fetch(`${place.twins}/control/switches`))) as Record<string, unknown>;

async function round({ turn, held = {}, faults: list }: Position): Promise<void> {
  const before = await positionsNow();
  await control(place.twins, "/switches", turn);
  if (list) await faults(place, list);
  try {
    const [[plain, coupon], [inclusive]] = await Promise.all([
      placeAll(place, au.store, [ORDERS.plain, ORDERS.coupon]),
      placeAll(place, gb.store, [ORDERS.inclusive]),
    ]);
    const ids: [Name, Connected, number][] = [
      ["plain", au, plain?.id as number],
      ["coupon", au, coupon?.id as number],
      ["inclusive", gb, inclusive?.id as number],
    ];
    for (const [name, c, id] of ids) {
      const problem = held[name];
      if (!problem) await judge(place, c, id, await paidPage(c, id));
      else await isHeld(c, id, problem);
    }
  } finally {
    await fetch(`${place.twins}/control/faults`, { method: "DELETE" });
    await control(place.twins, "/switches", Object.fromEntries(Object.keys(turn).map((name) => [name, before[name]])));
  }
}

/** Held with exactly this problem, nothing invoiced or paid, at most one sale. */
async function isHeld(c: Connected, id: number, kind: string): Promise<void> {
  const page = await heldPage(c, id);
  expect(page.problems.map((p) => p.kind)).toEqual([kind]);
  expect(page.problems[0]).toMatchObject({ holds: true, orders: [id] });
  expect(page.problems[0]?.text.length).toBeGreaterThan(40);
  const mine = salesFor(await booksOf(place, c.account), c.store, id);
  expect(mine.length).toBeLessThanOrEqual(1);
  expect(mine.flatMap((sale) => sale.Invoices)).toEqual([]);
}

describe("Cin7 Core in every position that its documents leave open", () => {
  it.each(cin7Positions().map((each) => [each.names, each] as const))("%s", async (_, position) => round(position));
});

describe("BigCommerce in every position that its documents leave open", () => {
  it.each(bigcommercePositions().map((each) => [each.names, each] as const))("%s", async (names, position) => {
    await round(position);
    if (!names.startsWith("jwtSkew")) return;
    await control(place.twins, "/switches", position.turn);
    expect(await (await openPanel(place, gb.store, "launch"))<{ mode: string }>("GET", "/api/me")).toMatchObject({ mode: "panel" });
  });
});

describe("what was refused", () => {
  it("once found out, discounts lower the prices of the lines also where Cin7 would take negative charges", async () => {
    const [order] = await placeAll(place, au.store, [ORDERS.coupon]);
    const { sale } = await judge(place, au, order?.id as number);
    expect([...sale.Order.Lines, ...sale.Order.AdditionalCharges].filter((row) => row.Price < 0)).toEqual([]);
  });
});
