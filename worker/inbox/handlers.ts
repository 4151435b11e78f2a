import { recordActivity } from "../activity/store.ts";
import type { Exchange as BigCommerceExchange, StoreQuota } from "../bigcommerce/client.ts";
import { mirrorProducts } from "../catalogue/mirror-flow.ts";
import type { Exchange as Cin7Exchange } from "../cin7/client.ts";
import { bigCommerceFor, cin7For, loadKey, loadStore } from "../context.ts";
import { type Db, open } from "../db/open.ts";
import { configOf, type Env } from "../env.ts";
import { clearKeys, clearOrder, raise } from "../exceptions/store.ts";
import { checkUninstalled, ensureHooks, refreshStore } from "../install/flow.ts";
import { accountId, isLinked, type StoreHash, storeHash, type Tenant, tenantOf } from "../lib/ids.ts";
import { moneyOrder } from "../orders/money-flow.ts";
import { receiveOrder } from "../orders/receive-flow.ts";
import { releaseOrders } from "../orders/release-flow.ts";
import { sendOrder } from "../orders/send-flow.ts";
import { currentSettings } from "../settings/store.ts";
import type { Claims } from "./claim.ts";
import type { AccountContext, Drafts, FlowContext, LinkedContext, StoreContext } from "./flow.ts";
import { blocked, type Outcome, skipped } from "./outcome.ts";
import type { Side } from "./recorder.ts";
import type { Settlement } from "./settle.ts";
import { classOf, orderOf, type Work, type WorkClass } from "./work.ts";

/** Which flow runs which work, and with what. The one place where the inbox meets the slices. */
export type HandlerDeps = {
  env: Env;
  /** `store:{hash}` or `account:{id}`. */
  name: string;
  quota: StoreQuota;
  attempt: number;
  claims: Claims;
  drafts: Drafts;
  want(cls: WorkClass): number;
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
  if (!loaded?.secrets) return null;
  const { store, secrets } = loaded;
  const tenant = tenantOf(hash, accountId(store.accountId), store.epoch);
  const report = (r: Report) => reportOf(flow.db, tenant, r);
  // While a store is being disconnected no item starts (design 5).
  if (store.state === "closing" || store.state === "disconnected")
    return { outcome: skipped("disconnected", "The store is disconnected."), report };

  const bigcommerce = bigCommerceFor(
    flow.config,
    hash,
    secrets.token,
    { onBigCommerce: (e) => deps.onExchange("BigCommerce", e) },
    deps.quota,
  );
  const cin7 = secrets.key
    ? cin7For(deps.env, secrets.key, deps.name, classOf(work), deps.want, { onCin7: (e) => deps.onExchange("Cin7 Core", e) })
    : null;
  const context: StoreContext = { ...flow, tenant, store, bigcommerce, cin7 };
  if (!isLinked(tenant) || !cin7 || !secrets.key) return { outcome: await storeFlow(context, work, null), report };
  const { version, settings: document } = await currentSettings(flow.db, tenant);
  const linked: LinkedContext = {
    ...context,
    tenant,
    cin7,
    account: { currency: secrets.key.currency },
    settings: { version, document },
    claims: deps.claims,
    drafts: deps.drafts,
  };
  return { outcome: await storeFlow(context, work, linked), report };
}

async function storeFlow(context: StoreContext, work: Work, linked: LinkedContext | null): Promise<Outcome> {
  switch (work.kind) {
    case "hooks.ensure":
      return ensureHooks(context);
    case "store.refresh":
      return refreshStore(context);
    case "uninstall.check":
      return checkUninstalled(context);
    case "orders.release":
      return releaseOrders(context);
    case "products.mirror":
      return skipped("not-here", "The account's own queue reads products.");
    case "order.changed":
    case "order.send":
    case "order.money":
      // Before the store is linked no order is taken: there is no start line yet (M21).
      if (!linked) return skipped("unlinked", "The store is not linked to Cin7 Core yet.");
      if (work.kind === "order.changed") return receiveOrder(linked, work.orderId, work.pressed ?? false);
      return work.kind === "order.send" ? sendOrder(linked, work.orderId) : moneyOrder(linked, work.orderId);
  }
}

async function runForAccount(deps: HandlerDeps, flow: FlowContext, id: string, work: Work): Promise<RanWork | null> {
  const account = accountId(id);
  const key = account && (await loadKey(deps.env, flow.db, account));
  if (!account || !key) return null;
  const cin7 = cin7For(deps.env, key, deps.name, classOf(work), deps.want, { onCin7: (e) => deps.onExchange("Cin7 Core", e) });
  const context: AccountContext = { ...flow, account, cin7 };
  const outcome = work.kind === "products.mirror" ? await mirrorProducts(context, work.page) : blocked([]);
  // An account has no store whose log this could be in; the wide event tells the operator.
  return { outcome, report: async () => {} };
}

/** One line in the log, problems raised, and the order's own ones cleared when they are no longer true. */
async function reportOf(db: Db, tenant: Tenant, { work, settlement, ms, calls, at }: Report): Promise<void> {
  const orderId = orderOf(work);
  if (settlement.raise.length > 0) await raise(db, tenant, settlement.raise, orderId, at);
  if (settlement.settledOrder) await clearOrder(db, tenant, settlement.settledOrder.orderId, settlement.settledOrder.keep, at);
  if (settlement.clears.length > 0) await clearKeys(db, tenant, settlement.clears, at);
  await recordActivity(db, tenant, { at, kind: work.kind, orderId, outcome: settlement.log.outcome, note: settlement.log.note, ms, calls });
}
