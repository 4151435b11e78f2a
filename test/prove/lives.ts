import { DEMO_CATALOGUE } from "../twins/demo-catalogue.ts";
import type { Random } from "../twins/world.ts";
import type { Units } from "./kits.ts";
import { MAPPING } from "./mapping-lives.ts";
import type { ShopName } from "./shops.ts";

/**
 * Random lives of orders, from the seed alone: what a shopper buys, what the shop does to the order afterwards, and whether
 * it must end as one sale (`sale`), must wait for a person (`held`), or must never be taken (`none`).
 */
export type Wanted = "sale" | "held" | "none";
/** `after`: real milliseconds since the step before. `notes`: two changes at the same moment, so two notices. */
export type Step = { after: number } & (
  | { do: "status"; statusId: number }
  | { do: "edit"; changes: Record<string, unknown> }
  | { do: "notes" }
  | { do: "press" }
  /** All of its money goes back. */
  | { do: "refund" }
);
export type Life = {
  n: number;
  shop: ShopName;
  kind: string;
  form: Record<string, unknown>;
  steps: Step[];
  wanted: Wanted;
  /** Several addresses, which the desk sends as one sale. */
  asOne?: boolean;
  /** Bundles that are assembled for it. */
  kits?: Units;
  /** Where books are locked: the day of its invoice, YYYY-MM-DD. */
  invoiceDay?: string;
};

export type Made = { form: Record<string, unknown>; steps?: Step[]; wanted?: Wanted; asOne?: boolean; kits?: Units };
/** A tax class that Setup does not know (`shops.ts` makes it after Setup was saved). */
const UNMAPPED_CLASS = 9;

const TEES = ["TEE-MER-NVY-S", "TEE-MER-NVY-M", "TEE-MER-NVY-L", "TEE-MER-EUC-S"];
const COUPONS = ["WELCOME10", "TAKE5", "EACH1", "FREESHIP"];
const OFFLINE = ["Bank Deposit", "Cash on Delivery"];
const amount = (r: Random, from: number, to: number) => (r.int(from * 100, to * 100) / 100).toFixed(2);

/** What both shops sell; the second company has no products of its own, so `shops.ts` makes these there. */
const FEW_SKUS = DEMO_CATALOGUE.map(({ sku }) => sku).filter((sku, at) => at % 7 === 0 || TEES.includes(sku) || sku === "TNT-2P");

function lines(r: Random, most = 4): Record<string, unknown>[] {
  const count = r.next() < 0.4 ? 1 : r.int(1, most);
  return Array.from({ length: count }, () => ({ sku: r.pick(FEW_SKUS), quantity: r.int(1, 3) }));
}

/** A known customer, one of a few guests that order again and again, a guest never seen before, or the shop's usual guest. */
function shopper(r: Random, n: number): Record<string, unknown> {
  const which = r.next();
  if (which < 0.25) return { customer: r.int(1, 8) };
  if (which < 0.5) return {};
  const id = which < 0.75 ? `again${r.int(1, 6)}` : `new${n}`;
  return { billing: guest(id) };
}
const guest = (id: string) => ({ first_name: "Robin", last_name: `Shopper ${id}`, email: `${id}@example.org`, street_1: "3 Quay Street" });

const plain = (r: Random, n: number) => ({ lines: lines(r), shipping: r.next() < 0.2 ? 0 : amount(r, 1, 30), ...shopper(r, n) });
const soon = (r: Random, most = 1500) => r.int(0, most);

const KINDS: Record<string, { weight: number; alone?: true; make: (r: Random, n: number) => Made }> = {
  plain: { weight: 14, make: (r, n) => ({ form: plain(r, n) }) },
  coupon: { weight: 8, make: (r, n) => ({ form: { ...plain(r, n), coupon: r.pick(COUPONS) } }) },
  discount: { weight: 6, make: (r, n) => ({ form: { ...plain(r, n), discount: amount(r, 0.5, 4) } }) },
  charges: {
    weight: 6,
    make: (r, n) => ({
      form: { ...plain(r, n), handling: amount(r, 1, 9), fees: [{ name: "Parcel insurance", amount: amount(r, 1, 5) }] },
    }),
  },
  classes: {
    weight: 6,
    make: (r, n) => ({ form: { ...plain(r, n), lines: lines(r, 5).map((line, at) => ({ ...line, taxClassId: at % 2 })) } }),
  },
  tenders: {
    weight: 8,
    make: (r, n) => ({
      form: {
        ...plain(r, n),
        lines: [{ sku: "TNT-2P", quantity: 1 }, ...lines(r, 2)],
        giftCertificate: amount(r, 5, 60),
        ...(r.next() < 0.5 ? { storeCredit: amount(r, 1, 40) } : {}),
      },
    }),
  },
  "paid later": {
    weight: 8,
    make: (r, n) => ({
      form: { ...plain(r, n), paymentMethod: r.pick(OFFLINE), statusId: 7 },
      steps: [{ after: soon(r), do: "status", statusId: 11 }],
    }),
  },
  "edited, then paid": {
    weight: 5,
    make: (r, n) => ({
      form: { ...plain(r, n), paymentMethod: "Bank Deposit", statusId: 7 },
      steps: [
        { after: soon(r), do: "edit", changes: { lines: lines(r) } },
        { after: soon(r), do: "status", statusId: 11 },
      ],
    }),
  },
  "told twice": {
    weight: 6,
    make: (r, n) => ({
      form: plain(r, n),
      steps: [
        { after: soon(r, 400), do: "notes" },
        { after: soon(r), do: "notes" },
      ],
    }),
  },
  "edited on its way": {
    weight: 6,
    make: (r, n) => {
      const quantity = r.int(1, 3);
      const change = () => ({ lines: [{ sku: r.pick(TEES), quantity }] });
      return {
        form: { ...plain(r, n), lines: [{ sku: TEES[0], quantity }] },
        steps: [
          { after: soon(r, 300), do: "edit", changes: change() },
          { after: soon(r), do: "edit", changes: change() },
        ],
      };
    },
  },
  "moves on": {
    weight: 4,
    make: (r, n) => ({
      form: plain(r, n),
      steps: [
        { after: soon(r, 600), do: "status", statusId: 9 },
        { after: soon(r), do: "status", statusId: 2 },
      ],
    }),
  },
  pressed: {
    weight: 4,
    make: (r, n) => ({
      form: plain(r, n),
      steps: [
        { after: soon(r, 500), do: "press" },
        { after: 0, do: "press" },
      ],
    }),
  },
  "verified later": {
    weight: 3,
    make: (r, n) => ({
      form: { ...plain(r, n), paymentMethod: "Bank Deposit", statusId: 12 },
      steps: [{ after: soon(r), do: "status", statusId: 11 }],
    }),
  },
  "unmapped tax": {
    weight: 3,
    make: (r, n) => ({
      form: { ...plain(r, n), lines: lines(r).map((line) => ({ ...line, taxClassId: UNMAPPED_CLASS })) },
      wanted: "held",
    }),
  },
  "status 12": { weight: 2, make: (r, n) => ({ form: { ...plain(r, n), statusId: 12 }, wanted: "held" }) },
  "test payment": { weight: 2, make: (r, n) => ({ form: { ...plain(r, n), paymentMethod: "Test Payment Gateway" }, wanted: "held" }) },
  unpaid: {
    weight: 3,
    make: (r, n) => ({
      form: { ...plain(r, n), paymentMethod: "Bank Deposit", statusId: 7 },
      steps: [{ after: soon(r), do: "notes" }],
      wanted: "none",
    }),
  },
  "cancelled unpaid": {
    weight: 3,
    make: (r, n) => ({
      form: { ...plain(r, n), paymentMethod: "Bank Deposit", statusId: 7 },
      steps: [{ after: soon(r), do: "status", statusId: 5 }],
      wanted: "none",
    }),
  },
  "given back and cancelled": {
    weight: 4,
    alone: true,
    make: (r, n) => ({
      form: plain(r, n),
      steps: [
        { after: soon(r, 6000), do: "refund" },
        { after: soon(r), do: "status", statusId: r.next() < 0.8 ? 5 : 6 },
      ],
      wanted: "none",
    }),
  },
  "cancelled, then given back": {
    weight: 4,
    alone: true,
    make: (r, n) => ({
      form: plain(r, n),
      steps: [
        { after: soon(r, 6000), do: "status", statusId: 5 },
        { after: soon(r), do: "refund" },
      ],
      wanted: "none",
    }),
  },
  "left at checkout": { weight: 2, make: (r, n) => ({ form: { ...plain(r, n), statusId: 0 }, wanted: "none" }) },
};

/** What the shops must know, or not know, for these lives. */
export const PLAN = { unmappedClass: UNMAPPED_CLASS, skus: FEW_SKUS };

/** While Cin7 is down: nothing of the order was written yet (its shopper could not even be looked up), so it must not go. */
const IN_OUTAGE: Record<string, (r: Random, n: number) => Made> = {
  "cancelled in an outage": (r, n) => ({
    form: { ...plain(r, n), customer: undefined, billing: guest(`outage${n}`) },
    steps: [{ after: 4000 + soon(r, 3000), do: "status", statusId: 5 }],
    wanted: "none",
  }),
  "held in an outage": (r, n) => ({
    form: { ...plain(r, n), customer: undefined, billing: guest(`outage${n}`) },
    steps: [{ after: 4000 + soon(r, 3000), do: "status", statusId: 12 }],
    wanted: "held",
  }),
};

/** `alone`: its sale is its own, and its books are open. */
type Kind = { weight: number; kits?: true; alone?: true; make: (r: Random, n: number, shop: ShopName) => Made };
const ALL: Record<string, Kind> = {
  ...KINDS,
  ...Object.fromEntries(
    Object.entries(MAPPING).map(([kind, { make, ...rest }]) => [
      kind,
      { ...rest, make: (r: Random, n: number, shop: ShopName) => make(r, plain(r, n), shop, n) },
    ]),
  ),
};

/**
 * `inOutage`: whether the n-th order is placed while Cin7 is down. `begins`: the shop of an ordinary order with which
 * something in the middle begins. Every kind comes once before the weights decide.
 */
export function livesOf(
  r: Random,
  orders: number,
  inOutage: (n: number) => boolean,
  begins: (n: number) => ShopName | undefined = () => undefined,
): Life[] {
  const kinds = Object.entries(ALL).flatMap(([kind, { weight }]) => Array.from({ length: weight }, () => kind));
  const deck = shuffled(r, Object.keys(ALL));
  return Array.from({ length: orders }, (_, n) => {
    const own = begins(n);
    if (own) return life(n, own, "plain", { form: plain(r, n) });
    if (inOutage(n) && n % 3 > 0) {
      const kind = r.pick(Object.keys(IN_OUTAGE));
      // Where guests go to the default customer, an order is written without a look that fails first.
      return life(n, "au", kind, (IN_OUTAGE[kind] as (r: Random, n: number) => Made)(r, n));
    }
    const kind = deck.pop() ?? r.pick(kinds);
    const { make, kits, alone } = ALL[kind] as Kind;
    const shop = alone ? "au" : shopFor(r, n, orders, kits);
    return life(n, shop, kind, make(r, n, shop));
  });
}

/**
 * A day is a minute here: only the first orders of a run go there, so that the last day ends about when all else is done, and of
 * many orders fewer, as a daily sale's note names some 150. `kits`: only where they are assembled; the company whose books get
 * locked has none, as nobody could assemble there any more.
 */
function shopFor(r: Random, n: number, orders: number, kits = false): ShopName {
  const which = r.next();
  if (n < orders * 0.6 && which < (n < 80 ? 0.3 : 0.12)) return "day";
  return kits || which < 0.65 ? "au" : "gb";
}

function shuffled<T>(r: Random, list: T[]): T[] {
  for (let n = list.length - 1; n > 0; n--) {
    const other = r.int(0, n);
    [list[n], list[other]] = [list[other] as T, list[n] as T];
  }
  return list;
}

const life = (n: number, shop: ShopName, kind: string, { form, steps = [], wanted = "sale", asOne = false, kits }: Made): Life => ({
  n,
  shop,
  kind,
  form,
  steps,
  wanted,
  asOne,
  ...(kits ? { kits } : {}),
});
