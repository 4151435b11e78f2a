import { json, type Place } from "../../scripts/connect.ts";
import { createRandom } from "../twins/random.ts";
import type { Fault } from "../twins/world.ts";
import { openDays } from "./days.ts";
import { openDesk } from "./desk.ts";
import type { Finding, Placed, State } from "./judge.ts";
import { judge, stateOf, type Verdict } from "./judge.ts";
import { type Life, livesOf, type Step } from "./lives.ts";
import { actsOf, type Middle, OPEN_DAY } from "./middle.ts";
import { outage, type ProveKind, positionsOf, scheduleOf } from "./schedule.ts";
import { press, type Shops, saveSettings, told } from "./shops.ts";
import type { Stage } from "./stage.ts";

export type DriveOptions = {
  orders: number;
  seed: number;
  kinds: ReadonlySet<ProveKind>;
  kills: number;
  scale: number;
  say(text: string): void;
};

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
/** Independent streams of one seed, so that another choice of faults or kills leaves the orders as they are. */
const stream = (seed: number, name: string) =>
  createRandom([...name].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), seed * 2654435761));

/** Places random lives in bursts, with everything going wrong that the seed says, and waits until nothing is left to do. */
export async function drive(stage: Stage, shops: Shops, placed: Placed[], o: DriveOptions): Promise<Verdict> {
  const r = stream(o.seed, "beats");
  const window = outageOf(o);
  const acts = actsOf(o.kinds, o.orders);
  const inOutage = (n: number) => n >= window.from && n < window.to;
  const lives = livesOf(stream(o.seed, "lives"), o.orders, inOutage, (n) => acts.get(n)?.shop);
  await told(stage, "/switches", { plan: "unlimited", ...positionsOf(stream(o.seed, "switches")) });
  const faults = scheduleOf(stream(o.seed, "faults"), o.kinds, o.orders);
  await told(stage, "/faults", faults);
  const kills = killsOf(o);
  const saves = new Set(Array.from({ length: Math.ceil(o.orders / 40) }, () => r.int(2, Math.max(3, o.orders - 1))));

  const going: Promise<void>[] = [];
  const lived: Record<Life["shop"], Promise<void>[]> = { au: [], gb: [], day: [] };
  const found: Finding[] = [];
  const asOne = (shop: Life["shop"], id: number) => placed.some((each) => each.id === id && each.life.shop === shop && each.life.asOne);
  const desk = openDesk(shops, asOne);
  const days = openDays(shops.day);
  // Answers that are withheld are let go now and then, so long before the outcome counts as unknown no more.
  const release = setInterval(() => void told(stage, "/faults/release").catch(() => {}), 30_000 / o.scale);
  let down: Promise<void> = Promise.resolve();
  const middle: Middle = {
    ...{ stage, shops, placed, scale: o.scale, desk, say: o.say },
    found: (finding) => found.push(finding),
    lived: async (shop) => void (await Promise.all(lived[shop])),
    down: (work) => (down = down.then(work)),
  };
  const begin = (life: Life): Promise<void> => {
    const act = acts.get(life.n);
    const place = () => {
      const { here, whole } = live(stage, shops, act?.kind === "lock-date" ? { ...life, invoiceDay: OPEN_DAY } : life, placed);
      lived[life.shop].push(whole);
      going.push(whole);
      return here;
    };
    if (!act?.shop) going.push(place().then(() => {}));
    if (act) acting = act.run(middle, place);
    return acting;
  };
  // What people do comes one after the other; orders, faults and kills go on beside it.
  let acting: Promise<void> = Promise.resolve();
  try {
    for (let n = 0; n < lives.length; ) {
      const burst = r.next() < 0.3 ? r.int(2, 6) : 1;
      for (const life of lives.slice(n, n + burst)) {
        if (acts.has(life.n)) await acting;
        if (life.n === window.from) await told(stage, "/faults/add", [outage(stream(o.seed, "outage"))]);
        if (life.n === window.to) await endOutage(stage, o, window.startedAt);
        if (life.n === window.from) window.startedAt = Date.now();
        going.push(begin(life));
        if (saves.has(life.n)) going.push(saveSettings(shops[life.shop]));
        const late = kills.get(life.n);
        if (late !== undefined) down = down.then(() => killOnce(stage, late, o.say));
      }
      n += burst;
      await pause(r.int(0, 220));
    }
    await Promise.all(going);
    await endOutage(stage, o, window.startedAt);
    await down;
    const verdict = withFound(await settled(stage, shops, placed, o), found);
    o.say(`${await metOf(stage, faults)}, kill -9 ${kills.size}`);
    o.say(`${verdict.drawn.daily} daily sales, ${verdict.drawn.kits} orders with assembled bundles`);
    o.say(`pressed: ${JSON.stringify(desk.pressed)}; kinds of orders: ${new Set(placed.map(({ life }) => life.kind)).size}`);
    // What met no call must not disturb anything later: nobody lets held answers go any more.
    await fetch(`${stage.twins}/control/faults`, { method: "DELETE" });
    return verdict;
  } finally {
    clearInterval(release);
    await Promise.all([desk.close(), days.close()]);
  }
}

const withFound = (verdict: Verdict, found: readonly Finding[]): Verdict =>
  found.length === 0 ? verdict : { ...verdict, findings: [...verdict.findings, ...found], ok: false };

/** `here`: its number, once it is placed. `whole`: everything that its life holds is done. */
function live(stage: Stage, shops: Shops, life: Life, placed: Placed[]): { here: Promise<number>; whole: Promise<void> } {
  const shop = shops[life.shop];
  const here = told<{ id: number }>(stage, `/bigcommerce/${shop.store}/orders`, life.form).then(({ id }) => {
    placed.push({ life, id });
    return id;
  });
  const whole = here.then(async (id) => {
    for (const step of life.steps) {
      await pause(step.after);
      await take(stage, shops, life, id, step);
    }
  });
  return { here, whole };
}

async function take(stage: Stage, shops: Shops, life: Life, id: number, step: Step): Promise<void> {
  const shop = shops[life.shop];
  const at = `/bigcommerce/${shop.store}/orders/${id}`;
  switch (step.do) {
    case "status":
      return told<void>(stage, `${at}/status`, { statusId: step.statusId });
    case "edit":
      return told<void>(stage, `${at}/edit`, step.changes);
    case "notes":
      await Promise.all([1, 2].map(async (n) => told(stage, `${at}/edit`, { staff_notes: `note ${n}` })));
      return;
    case "press":
      return press(shop, id);
    case "refund":
      return told<void>(stage, `${at}/refund`, { amount: await totalOf(stage, shop.store, id), statusId: null });
  }
}

const totalOf = async (stage: Stage, store: string, id: number) =>
  (await stateOf(stage)).bigcommerce.stores[store]?.orders[id]?.total_inc_tax;

async function killOnce(stage: Stage, late: number, say: (text: string) => void): Promise<void> {
  await pause(late);
  say("kill -9 of the Worker");
  await stage.kill();
  await stage.restart();
}

/** Which faults of the schedule met a call; the others waited for calls that were never made. */
async function metOf(place: Place, faults: readonly Fault[]): Promise<string> {
  const left = (await json(await fetch(`${place.twins}/control/faults`))) as Fault[];
  const met = [...new Set(faults.map((fault) => fault.kind))].map((kind) => {
    const of = (list: readonly Fault[]) => list.filter((fault) => fault.kind === kind).length;
    return [kind, of(faults) - of(left)] as const;
  });
  return `faults met ${met.reduce((sum, [, n]) => sum + n, 0)}: ${met.map(([kind, n]) => `${kind} ${n}`).join(", ")}`;
}

/** In the middle third; 30 minutes of the vendors' time. */
function outageOf(o: DriveOptions): { from: number; to: number; startedAt: number } {
  if (!o.kinds.has("outage")) return { from: -1, to: -1, startedAt: 0 };
  const from = Math.floor(o.orders / 3);
  return { from, to: from + Math.max(3, Math.floor(o.orders / 12)), startedAt: 0 };
}

async function endOutage(stage: Stage, o: DriveOptions, startedAt: number): Promise<void> {
  if (startedAt === 0) return;
  await pause(Math.max(0, startedAt + 1_800_000 / o.scale - Date.now()));
  await fetch(`${stage.twins}/control/faults?name=outage`, { method: "DELETE" });
}

function killsOf(o: DriveOptions): Map<number, number> {
  const r = stream(o.seed, "kills");
  return new Map(Array.from({ length: o.kills }, () => [r.int(1, Math.max(1, o.orders - 1)), r.int(0, 900)]));
}

/**
 * Until nothing is left to do, judged from outside: no notice waits to be delivered and nothing in Cin7 has moved for long
 * enough; longer while something is still missing (backoff ends at 5 minutes, an unknown outcome at 2, a day after a real one).
 */
export async function settled(
  place: Place,
  shops: Shops,
  placed: readonly Placed[],
  o: Pick<DriveOptions, "scale" | "say"> & { quick?: boolean },
): Promise<Verdict> {
  const minutes = (n: number) => (n * 60_000) / o.scale;
  const deadline = Date.now() + 600_000 + minutes(40);
  let seen = "";
  let since = Date.now();
  let told = 0;
  for (;;) {
    const started = Date.now();
    const state = await stateOf(place);
    const verdict = judge(state, shops, placed);
    const now = pictureOf(state);
    if (now !== seen) [seen, since] = [now, Date.now()];
    const still = Date.now() - since;
    const waiting = Object.keys(state.bigcommerce.deliveries).length;
    if (verdict.ok && (o.quick || (waiting === 0 && still > minutes(4) + 1_000))) return verdict;
    if (still > minutes(12) + 240_000 || Date.now() > deadline) return verdict;
    if (Date.now() - told > 10_000) o.say(`  ${verdict.line} (${waiting} notices wait)`);
    if (Date.now() - told > 10_000) told = Date.now();
    await pause(Math.max(400, (Date.now() - started) * 4));
  }
}

/** What must stand still: every document of every sale, and what was assembled. */
const pictureOf = (state: State): string =>
  JSON.stringify(
    Object.values(state.cin7.accounts).map(({ sales, finishedGoods }) => [
      Object.values(sales).map((sale) => [sale.Order.Status, sale.Invoices.map((i) => [i.Status, i.Payments.length])]),
      finishedGoods.map(({ status }) => status),
    ]),
  );
