import { accountOf, openPanel, signIn, switchOnAgain } from "../../scripts/connect.ts";
import type { Desk } from "./desk.ts";
import { REFUSAL } from "./desk.ts";
import { type Finding, type Placed, type Sale, stateOf } from "./judge.ts";
import type { Life } from "./lives.ts";
import type { ProveKind } from "./schedule.ts";
import { type Shop, type Shops, told } from "./shops.ts";
import type { Stage } from "./stage.ts";

/**
 * What people and machines do in the middle of trading: each begins with the order of its number, beside all faults, and the
 * orders go on meanwhile. Durations are the vendors' (divided by `scale`).
 */
export type Middle = {
  stage: Stage;
  shops: Shops;
  placed: readonly Placed[];
  scale: number;
  desk: Desk;
  say(text: string): void;
  /** A stage that did not go as it must is a finding like any other. */
  found(finding: Finding): void;
  /** Waits until every order of this shop that was placed so far has had all that its life holds. */
  lived(shop: Life["shop"]): Promise<void>;
  /** One after the other: kills and restores of the Worker. */
  down(work: () => Promise<void>): Promise<void>;
};
/** `life`: the order with which it begins, placed by the stage itself. */
type Act = { kind: ProveKind; at: number; shop?: Life["shop"]; run(m: Middle, life: () => Promise<number>): Promise<void> };

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const minutes = (m: Middle, n: number) => pause((n * 60_000) / m.scale);
const LOCK = "2027-12-31";
export const OPEN_DAY = "2028-01-01";

/** In the order of their time; `at`: share of the orders. Needs at least 24 orders to stand apart. */
const ACTS: readonly Act[] = [
  { kind: "typed-payment", at: 0.06, shop: "au", run: typedPayment },
  { kind: "refuse", at: 0.12, run: refusals },
  { kind: "stocktake", at: 0.18, run: stocktake },
  { kind: "disconnect", at: 0.5, shop: "gb", run: disconnect },
  { kind: "denied", at: 0.58, run: denied },
  { kind: "d1-busy", at: 0.62, run: databaseBusy },
  { kind: "restore", at: 0.66, run: restore },
  { kind: "lock-date", at: 0.8, shop: "gb", run: lockDate },
];

/** Which acts begin at which order. */
export function actsOf(kinds: ReadonlySet<ProveKind>, orders: number): Map<number, Act> {
  if (orders < 24) return new Map();
  return new Map(ACTS.filter(({ kind }) => kinds.has(kind)).map((act) => [Math.floor(act.at * orders), act]));
}

/** A payment is typed into Cin7 between our invoice and our payment (M14): no second one. */
async function typedPayment(m: Middle, life: () => Promise<number>): Promise<void> {
  const { stage, shops } = m;
  await told(stage, "/faults/add", [
    { peer: "cin7", kind: "status", status: 503, text: "busy", method: "POST", path: "/sale/payment$", name: "typed" },
  ]);
  try {
    const id = await life();
    const sale = await saleWhen(m, shops.au, id, (each) => each.Invoices.some((invoice) => invoice.Status === "AUTHORISED"));
    if (!sale || sale.Invoices.some((invoice) => invoice.Payments.length > 0)) return;
    await told(stage, `/cin7/${shops.au.account}/sales/${sale.ID}/pay`, { reference: "typed in by the accountant" });
    // A payment of ours that is on its way just now is no "between": nobody could take it back.
    await minutes(m, 1);
    m.say(`a payment of order ${id} was typed into Cin7 between our invoice and our payment`);
  } finally {
    await fetch(`${stage.twins}/control/faults?name=typed`, { method: "DELETE" });
  }
}

/** Cin7 refuses three writes by rule; the desk presses *Process*. */
async function refusals(m: Middle): Promise<void> {
  const refuse = (path: string, times: number) => ({ peer: "cin7", kind: "refuse", method: "POST", path, text: REFUSAL, times });
  await told(m.stage, "/faults/add", [refuse("/sale$", 1), refuse("/sale/order$", 1), refuse("/sale/invoice$", 1)]);
  m.say("Cin7 refuses a sale, an order and an invoice");
}

/** Opened and completed (M36): everything of the location waits, and goes by itself. */
async function stocktake(m: Middle): Promise<void> {
  const { account, settings } = m.shops.au;
  const at = `/cin7/${account}/stocktake`;
  const location = settings.location.salesShipFrom?.name;
  await told(m.stage, at, { location, open: true });
  m.say(`a stocktake is open at ${location}`);
  await minutes(m, 6);
  await told(m.stage, at, { location, complete: true });
}

/** 403 for a while, as when somebody rotates the key. */
async function denied(m: Middle): Promise<void> {
  await told(m.stage, "/faults/add", [{ peer: "cin7", kind: "status", status: 403, text: "Incorrect credentials!", name: "denied" }]);
  m.say("Cin7 answers 403");
  await minutes(m, 3);
  await fetch(`${m.stage.twins}/control/faults?name=denied`, { method: "DELETE" });
}

/** The database answers nobody for some seconds: locked from outside, in the middle of whatever is written. */
async function databaseBusy(m: Middle): Promise<void> {
  const letGo = m.stage.lockDatabase();
  if (!letGo) return;
  m.say("the database is locked");
  await pause(2000);
  letGo();
}

/** An old database under a newer queue and a newer Cin7: what `docs/runbook.md` says, at once after a `kill -9` (design 3.5). */
async function restore(m: Middle): Promise<void> {
  await m.down(() => m.stage.backup());
  await minutes(m, 4);
  await m.down(() => m.stage.restore());
  m.say("an old database was restored");
}

/** The books of the shop are locked (M13): its invoices wait until somebody says on which day they go. */
async function lockDate(m: Middle, life: () => Promise<number>): Promise<void> {
  const { stage, shops, found } = m;
  await told(stage, `/cin7/${shops.gb.account}/lock-date`, { date: LOCK });
  const order = await life();
  const sale = await saleWhen(m, shops.gb, order, (each) => each.Order.Status === "AUTHORISED");
  await minutes(m, 1);
  const now = await saleWhen(m, shops.gb, order, () => true);
  const tell = (why: string) => found({ what: "unwanted", order, shop: "gb", kind: "locked books", why });
  if (!sale || !now) tell("did not come as far as its invoice");
  else if (now.Invoices.some((invoice) => invoice.Status !== "VOIDED")) tell("was invoiced in locked books before anybody answered");
  m.desk.answerLocks();
  m.say(`books are locked up to ${LOCK}: order ${order} waited, the desk answers now`);
}

/**
 * Disconnected with orders in flight, and connected again (N20): every link is found, nothing is written twice. What was
 * placed until then a person ticks in the list of open orders (M21), as far as the seed wants it to be a sale.
 */
async function disconnect(m: Middle, life: () => Promise<number>): Promise<void> {
  const { stage, shops } = m;
  const { gb } = shops;
  const at = `/api/stores/${gb.store}`;
  await life();
  await persist(async () => (await gb.fresh())("POST", `${at}/disconnect`, { confirm: gb.store, choice: "keep-links" }));
  m.say("disconnected, with orders in flight");
  // While it closes nobody is let in; afterwards only an install is.
  await persist(async () => {
    const launched = await openPanel(stage, gb.store, "launch").then(
      () => "open",
      (error: Error) => error.message,
    );
    if (!launched.includes("answered 403")) throw new Error(launched);
  });
  await persist(async () => {
    const panel = await openPanel(stage, gb.store, "install");
    const { accountId, applicationKey } = await accountOf(stage, await indexOf(stage, gb.account));
    const { code } = await (await signIn(stage, accountId, applicationKey))<{ code: string }>("POST", "/api/link-codes");
    await panel("POST", `${at}/link`, { code });
  });
  await persist(async () => switchOnAgain(await gb.fresh(), gb.store));
  m.say("connected again");
  await m.lived("gb");
  const ids = m.placed.filter(({ life: { shop, wanted, asOne } }) => shop === "gb" && wanted === "sale" && !asOne).map(({ id }) => id);
  await persist(async () => (await gb.fresh())("POST", `${at}/open-orders`, { ids }));
}

async function indexOf(stage: Stage, account: string): Promise<number> {
  return Object.keys((await stateOf(stage)).cin7.accounts).indexOf(account);
}

/**
 * A person who does not give up: the Worker may be down just then, or Cin7's minute used up. They look less and less often: who looks
 * twice a second for minutes is told to wait, and would never see more than that (decision 0031).
 */
async function persist(work: () => Promise<unknown>, ms = 300_000): Promise<void> {
  const end = Date.now() + ms;
  for (let wait = 500; ; wait = Math.min(wait * 1.5, 8_000)) {
    try {
      await work();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(wait);
    }
  }
}

/** The sale of an order as Cin7 holds it, when it is as wanted; undefined: it did not come to that. */
async function saleWhen(m: Middle, shop: Shop, id: number, wanted: (sale: Sale) => boolean): Promise<Sale | undefined> {
  const end = Date.now() + 300_000 + (40 * 60_000) / m.scale;
  while (Date.now() < end) {
    const sales = Object.values((await stateOf(m.stage)).cin7.accounts[shop.account]?.sales ?? {});
    const sale = sales.find((each) => each.ExternalID === `ls:${shop.store}:${id}:g1`);
    if (sale && wanted(sale)) return sale;
    await pause(250);
  }
  return undefined;
}
