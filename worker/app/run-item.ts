import { askAgain } from "../accounts/key-flow.ts";
import { pruneActivity, recordActivity } from "../activity/store.ts";
import { sendAlerts } from "../alerts/flow.ts";
import { pruneTold } from "../alerts/store.ts";
import type { Exchange as BigCommerceExchange, StoreQuota } from "../bigcommerce/client.ts";
import { mirrorProducts, refreshProducts } from "../catalogue/mirror-flow.ts";
import type { Exchange as Cin7Exchange } from "../cin7/client.ts";
import { checkUninstalled, ensureHooks, refreshStore } from "../connect/flow.ts";
import { receiveDay, withMembers } from "../daily-sales/changed-flow.ts";
import { closeDays } from "../daily-sales/close-flow.ts";
import { closeStore, restoreLinks } from "../disconnect/flow.ts";
import { configOf, type Env } from "../env.ts";
import { withOthers } from "../first-run/other-connections-action.ts";
import type { Side } from "../inbox/breaker.ts";
import type { Claims } from "../inbox/claim.ts";
import { storeInbox } from "../inbox/client.ts";
import type { AccountContext, Drafts, FlowContext, Keeping, LinkedContext, StoreContext } from "../inbox/flow.ts";
import { done, ITS_TURN, later, type Outcome, skipped } from "../inbox/outcome.ts";
import type { Settlement } from "../inbox/settle.ts";
import { classOf, orderOf, type Work } from "../inbox/work.ts";
import { isDaySale } from "../lib/day-sale.ts";
import { type Db, open } from "../lib/db/open.ts";
import { accountId, isLinked, type StoreHash, storeHash, type Tenant, tenantOf } from "../lib/ids.ts";
import { receiveOrder } from "../orders/capture/receive-flow.ts";
import { releaseUnpaid } from "../orders/capture/unpaid-flow.ts";
import { moneyOrder } from "../orders/money/invoice-and-pay-flow.ts";
import { releaseOrders } from "../orders/release-flow.ts";
import { sendOrder } from "../orders/sending/send-flow.ts";
import { alertOf, holds, isOfSide } from "../problems/registry.ts";
import { clearKeys, clearOrder, pruneProblems, raise } from "../problems/store.ts";
import { pruneTimeline, tell } from "../reconcile/health-store.ts";
import { sweepOrders } from "../reconcile/orders-flow.ts";
import { checkSale } from "../reconcile/sale-flow.ts";
import { sweepSales } from "../reconcile/sales-flow.ts";
import { pruneKept } from "../retention/keep-flow.ts";
import { DAY_MS, KEPT_DAYS } from "../settings/keep-days.ts";
import { currentSettings, savedVersion } from "../settings/store.ts";
import { checkSettings } from "../setup/check-flow.ts";
import { trialSale } from "../test-sale/test-sale-flow.ts";
import { tellOrder } from "../write-back/status-flow.ts";
import { type Asker, bigCommerceFor, cin7For, loadKey, loadStore } from "./clients.ts";

/** Which flow runs which work, and with what. The one place where the inbox meets the slices. */
export type HandlerDeps = {
  env: Env;
  /** `store:{hash}` or `account:{id}`. */
  name: string;
  quota: StoreQuota;
  attempt: number;
  claims: Claims;
  drafts: Drafts;
  keeping: Keeping;
  /** What the gate is told and tells; see `Asker`. */
  gate: Omit<Asker, "name">;
  holding(orderIds: readonly number[], kind?: "order.changed"): ReadonlySet<number>;
  onExchange(side: Side, exchange: BigCommerceExchange | Cin7Exchange): void;
};

type Report = { work: Work; settlement: Settlement; ms: number; calls: number; at: string };
/** `report`: writes the log line and the problems of a settled item to D1. */
export type RanWork = { outcome: Outcome; report(report: Report): Promise<void> };

/** Null: nothing is connected under this name, and there is nobody to tell. */
export async function runWork(deps: HandlerDeps, work: Work): Promise<RanWork | null> {
  const db = open(deps.env);
  const flow: FlowContext = { db, config: configOf(deps.env), now: Date.now, attempt: deps.attempt, jitter: Math.random() };
  const [kind, id = ""] = deps.name.split(":");
  if (kind === "account") return runForAccount(deps, flow, id, work);
  const hash = storeHash(id);
  return hash ? runForStore(deps, flow, hash, work) : null;
}

async function runForStore(deps: HandlerDeps, flow: FlowContext, hash: StoreHash, work: Work): Promise<RanWork | null> {
  const loaded = await loadStore(deps.env, flow.db, hash);
  if (loaded && work.kind === "store.close") return runClose(deps, flow, loaded, hash);
  if (!loaded?.secrets) return null;
  const { store, secrets } = loaded;
  const tenant = tenantOf(hash, accountId(store.accountId), store.epoch);
  const report = async (r: Report) => {
    await reportOf(flow.db, tenant, r);
    // Told of by mail a little later, so that what comes together goes in one message.
    if (r.settlement.raise.some((problem) => alertOf(problem.kind, holds(problem)) !== "shown"))
      await storeInbox(deps.env, hash).put([{ kind: "alerts.send" }], { delayMs: ALERT_DELAY_MS });
  };
  // While a store is being disconnected no item starts (design 5). Nothing is dropped: connected again meanwhile it goes on, else
  // the queue is erased, and the next connection finds what is unfinished in D1 (`links.restore`).
  if (store.state === "closing")
    return { outcome: later(flow.now() + LEAVING_MS / flow.config.timeScale, "The store is being disconnected."), report: async () => {} };
  if (store.state === "disconnected") return { outcome: skipped("disconnected", "The store is disconnected."), report };

  const bigcommerce = bigCommerceFor(
    flow.config,
    hash,
    secrets.token,
    { onBigCommerce: (e) => deps.onExchange("BigCommerce", e) },
    deps.quota,
  );
  const cin7 = secrets.key ? cin7For(deps.env, secrets.key, { name: deps.name, ...deps.gate }, classOf(work), cin7Hooks(deps)) : null;
  const context: StoreContext = { ...flow, tenant, store, bigcommerce, cin7, holding: deps.holding, keeping: deps.keeping };
  if (!isLinked(tenant) || !cin7 || !secrets.key) return { outcome: await storeFlow(context, work, null), report };
  const { version, settings: document } = await currentSettings(flow.db, tenant);
  const linked: LinkedContext = {
    ...context,
    tenant,
    cin7,
    account: { currency: secrets.key.currency },
    settings: { version, document },
    settingsOf: async (wanted) => (wanted === version ? document : ((await savedVersion(flow.db, tenant, wanted))?.settings ?? null)),
    claims: deps.claims,
    drafts: deps.drafts,
  };
  return { outcome: await storeFlow(context, work, linked), report };
}

const ALERT_DELAY_MS = 20_000;
const LEAVING_MS = 30_000;
const NO_KEY_MS = 300_000;

/** The one item that runs while a store is closing, also when its credentials are gone already (design 5). */
async function runClose(
  deps: HandlerDeps,
  flow: FlowContext,
  { store, secrets }: NonNullable<Awaited<ReturnType<typeof loadStore>>>,
  hash: StoreHash,
): Promise<RanWork> {
  const tenant = tenantOf(hash, accountId(store.accountId), store.epoch);
  const hooks = { onBigCommerce: (e: BigCommerceExchange) => deps.onExchange("BigCommerce", e) };
  const bigcommerce = secrets && bigCommerceFor(flow.config, hash, secrets.token, hooks, deps.quota);
  const eraseQueue = () => storeInbox(deps.env, hash).erase();
  // The lines of the log went with everything else.
  return { outcome: await closeStore({ ...flow, tenant, bigcommerce, eraseQueue }), report: async () => {} };
}

/** Nobody's account yet: linking looks at everything. Of an account without a key: what waits for the next one is not dropped. */
const unlinked = (c: StoreContext): Outcome =>
  isLinked(c.tenant)
    ? later(c.now() + NO_KEY_MS / c.config.timeScale, "There is no application key of Cin7 Core; it waits for one.")
    : skipped("unlinked", "The store is not linked to Cin7 Core yet.");

async function storeFlow(context: StoreContext, work: Work, linked: LinkedContext | null): Promise<Outcome> {
  switch (work.kind) {
    case "hooks.ensure":
      return ensureHooks(context, work.gap ?? null);
    case "store.refresh":
      return refreshStore(context);
    case "uninstall.check":
      return checkUninstalled(context);
    case "orders.release":
      return releaseOrders(context);
    case "links.restore":
      return restoreLinks(context);
    case "alerts.send":
      return sendAlerts(context);
    case "key.changed":
      return linked ? askAgain(linked, [{ kind: "orders.release" }]) : unlinked(context);
    case "products.mirror":
    case "products.refresh":
    case "sales.sweep":
      return skipped("not-here", "The account's own queue does this.");
    case "kept.prune":
      return pruneKept(context, linked?.settings.document.keep.days ?? KEPT_DAYS, [pruneActivity, pruneProblems, pruneTimeline, pruneTold]);
    case "settings.check":
      // Saving settings after linking puts it again.
      return linked ? withOthers(linked, await checkSettings(linked)) : unlinked(context);
    case "day.close":
      return linked ? closeDays(linked, work.from) : unlinked(context);
    case "account.trial":
      return linked ? trialSale(linked, work.askedAt) : unlinked(context);
    case "orders.sweep":
      // Before the store is linked there is no start line; linking puts the sweep again.
      return linked ? sweepOrders(linked, work) : unlinked(context);
    case "order.seen":
      return linked ? tellOrder(linked, work.orderId) : unlinked(context);
    case "order.unpaid":
      return linked ? releaseUnpaid(linked, work.orderId) : unlinked(context);
    case "order.changed":
    case "order.send":
    case "order.money":
    case "sale.check":
      // Before the store is linked no order is taken: there is no start line yet (M21).
      if (!linked) return unlinked(context);
      if (isDaySale(work.orderId)) return withMembers(linked, work.orderId, work.kind, await dayFlow(linked, work));
      if (work.kind === "order.changed") return receiveOrder(linked, work.orderId, work.pressed ?? false);
      if (work.kind === "sale.check") return checkSale(linked, work.orderId);
      return work.kind === "order.send" ? sendOrder(linked, work.orderId) : moneyOrder(linked, work.orderId);
    default:
      // Put by a newer Worker while this one still runs (design 5): it waits for it.
      return later(context.now() + 60_000, "Another version of Lockstep does this; it waits for it.");
  }
}

/** A daily sale goes the way of an order; only what is read of it differs (F15). */
function dayFlow(c: LinkedContext, work: Extract<Work, { orderId: number }>): Promise<Outcome> {
  if (work.kind === "order.changed") return receiveDay(c, work.orderId, work.pressed ?? false);
  if (work.kind === "sale.check") return checkSale(c, work.orderId);
  return work.kind === "order.send" ? sendOrder(c, work.orderId) : moneyOrder(c, work.orderId);
}

async function runForAccount(deps: HandlerDeps, flow: FlowContext, id: string, work: Work): Promise<RanWork | null> {
  const account = accountId(id);
  // It holds nothing of orders; what an older release kept here goes all the same.
  if (work.kind === "kept.prune") {
    deps.keeping.prune(KEPT_DAYS);
    return {
      outcome: done("What is too old is gone.", { again: { at: flow.now() + DAY_MS / flow.config.timeScale, work } }),
      report: async () => {},
    };
  }
  const key = account && (await loadKey(deps.env, flow.db, account));
  if (!account || !key) return null;
  const cin7 = cin7For(deps.env, key, { name: deps.name, ...deps.gate }, classOf(work), cin7Hooks(deps));
  const context: AccountContext = { ...flow, account, cin7, putInto: (store, works) => storeInbox(deps.env, store).put(works) };
  const outcome = await accountFlow(context, work);
  // An account has no store whose log this could be in; the wide event tells the operator.
  return { outcome, report: async () => {} };
}

const cin7Hooks = (deps: HandlerDeps) => ({ onCin7: (e: Cin7Exchange) => deps.onExchange("Cin7 Core", e) });

function accountFlow(context: AccountContext, work: Work): Promise<Outcome> | Outcome {
  switch (work.kind) {
    case "products.mirror":
      return mirrorProducts(context, work.page);
    case "products.refresh":
      return refreshProducts(context);
    case "sales.sweep":
      return sweepSales(context, work);
    case "key.changed":
      return askAgain(context, [{ kind: "sales.sweep" }]);
    default:
      return skipped("not-here", "A store's own queue does this.");
  }
}

/** One line in the log, problems raised, and the order's own ones cleared when they are no longer true. */
async function reportOf(db: Db, tenant: Tenant, { work, settlement, ms, calls, at }: Report): Promise<void> {
  const orderId = orderOf(work);
  // A side that is away is no matter of the order that happened to ask it.
  const [general, own] = [settlement.raise.filter(isOfSide), settlement.raise.filter((problem) => !isOfSide(problem))];
  if (own.length > 0) await raise(db, tenant, own, orderId, at);
  if (general.length > 0) await raise(db, tenant, general, null, at);
  if (settlement.told.length > 0) await tell(db, tenant, settlement.told, at);
  if (settlement.settledOrder) await clearOrder(db, tenant, settlement.settledOrder, at);
  if (settlement.clears.length > 0) await clearKeys(db, tenant, settlement.clears, at);
  const { queue, log } = settlement;
  // A sweep that found nothing is no news, nor is that Cin7's calls of this minute are used up.
  if (queue.move === "again" && queue.next.length === 0 && log.outcome === "done") return;
  if (log.outcome === "later" && log.note === ITS_TURN) return;
  await recordActivity(db, tenant, { at, kind: work.kind, orderId, outcome: settlement.log.outcome, note: settlement.log.note, ms, calls });
}
