import { recordActivity } from "../activity/store.ts";
import type { StoreQuota } from "../bigcommerce/client.ts";
import { asDaySale } from "../daily-sales/work.ts";
import { configOf, type Env } from "../env.ts";
import type { Side } from "../inbox/breaker.ts";
import type { Claims } from "../inbox/claim.ts";
import { accountInbox, storeInbox } from "../inbox/client.ts";
import type { AccountContext, ClosingContext, FlowContext, Frozen, Keeping, LinkedContext, StoreContext } from "../inbox/flow.ts";
import { ITS_TURN, later, type Outcome, skipped } from "../inbox/outcome.ts";
import type { Settlement } from "../inbox/settle.ts";
import { classOf, definitionOf, orderOf, type Work, type WorkKind } from "../inbox/work.ts";
import { type Db, open } from "../lib/db/open.ts";
import type { Exchange } from "../lib/http.ts";
import { type AccountId, accountId, isLinked, type StoreHash, storeHash, type Tenant, tenantOf } from "../lib/ids.ts";
import { alertOf, holds, isOfSide } from "../problems/registry.ts";
import { clearKeys, clearOrder, isToClear, raise } from "../problems/store.ts";
import { tell } from "../reconcile/health-store.ts";
import { asSaved, savedVersion } from "../settings/store.ts";
import { type Asker, bigCommerceFor, cin7For, eraseGates, loadKey, loadStore } from "./clients.ts";

/** Which flow runs which work, and with what. The one place where the inbox meets the slices. */
export type HandlerDeps = {
  env: Env;
  /** `store:{hash}` or `account:{id}`. */
  name: string;
  quota: StoreQuota;
  attempt: number;
  claims: Claims;
  frozen: Frozen;
  keeping: Keeping;
  /** What the gate is told and tells; see `Asker`. */
  gate: Omit<Asker, "name">;
  holding(orderIds: readonly number[], kind?: WorkKind): ReadonlySet<number>;
  onExchange(side: Side, exchange: Exchange): void;
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
  const loaded = await loadStore(deps.env, flow.db, hash, orderOf(work));
  const { closing } = definitionOf(work.kind);
  // The lines of the log went with everything else.
  if (loaded && closing) return { outcome: await closing(closingOf(deps, flow, loaded, hash), work), report: async () => {} };
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
  const { version, settings: document } = asSaved(loaded.saved);
  const linked: LinkedContext = {
    ...context,
    tenant,
    cin7,
    account: { currency: secrets.key.currency },
    settings: { version, document },
    settingsOf: async (wanted) => (wanted === version ? document : ((await savedVersion(flow.db, tenant, wanted))?.settings ?? null)),
    claims: deps.claims,
    frozen: deps.frozen,
    ...(loaded.account ? { began: { order: loaded.order, account: loaded.account } } : {}),
  };
  return { outcome: await storeFlow(context, work, linked), report };
}

const ALERT_DELAY_MS = 20_000;
const LEAVING_MS = 30_000;
const NO_KEY_MS = 300_000;

/** Also of a store that is closing, and whose credentials are gone already (design 5). */
function closingOf(
  deps: HandlerDeps,
  flow: FlowContext,
  { store, secrets }: NonNullable<Awaited<ReturnType<typeof loadStore>>>,
  hash: StoreHash,
): ClosingContext {
  const tenant = tenantOf(hash, accountId(store.accountId), store.epoch);
  const hooks = { onBigCommerce: (e: Exchange) => deps.onExchange("BigCommerce", e) };
  const bigcommerce = secrets && bigCommerceFor(flow.config, hash, secrets.token, hooks, deps.quota);
  const eraseQueue = () => storeInbox(deps.env, hash).erase();
  const eraseAccount = (account: AccountId) => accountInbox(deps.env, account).erase();
  const closing = { eraseQueue, eraseGates: (keyIds: readonly string[]) => eraseGates(deps.env, keyIds), eraseAccount };
  return { ...flow, tenant, bigcommerce, ...closing };
}

/** Nobody's account yet: linking looks at everything. Of an account without a key: what waits for the next one is not dropped. */
const unlinked = (c: StoreContext): Outcome =>
  isLinked(c.tenant)
    ? later(c.now() + NO_KEY_MS / c.config.timeScale, "There is no application key of Cin7 Core; it waits for one.")
    : skipped("unlinked", "The store is not linked to Cin7 Core yet.");

function storeFlow(context: StoreContext, work: Work, linked: LinkedContext | null): Promise<Outcome> | Outcome {
  const definition = definitionOf(work.kind);
  const ofStore = definition.store;
  if (ofStore) return ofStore(context, work, linked);
  const ofLinked = definition.linked;
  if (!ofLinked) return skipped("not-here", "The account's own queue does this.");
  return linked ? asDaySale(linked, work, () => ofLinked(linked, work)) : unlinked(context);
}

async function runForAccount(deps: HandlerDeps, flow: FlowContext, id: string, work: Work): Promise<RanWork | null> {
  const account = accountId(id);
  const { account: ofAccount, keyless } = definitionOf(work.kind);
  // An account has no store whose log its lines could be in; the wide event tells the operator.
  const report = async () => {};
  if (keyless) return { outcome: await keyless({ ...flow, keeping: deps.keeping }, work), report };
  const key = account && (await loadKey(deps.env, flow.db, account));
  if (!account || !key) return null;
  const cin7 = cin7For(deps.env, key, { name: deps.name, ...deps.gate }, classOf(work), cin7Hooks(deps));
  const context: AccountContext = { ...flow, account, cin7, putInto: (store, works) => storeInbox(deps.env, store).put(works) };
  return { outcome: ofAccount ? await ofAccount(context, work) : skipped("not-here", "A store's own queue does this."), report };
}

const cin7Hooks = (deps: HandlerDeps) => ({ onCin7: (e: Exchange) => deps.onExchange("Cin7 Core", e) });

/** Problems raised, a line in the log for what did not go its plain way, and the order's own ones cleared when they are no longer true. */
async function reportOf(db: Db, tenant: Tenant, { work, settlement, ms, calls, at }: Report): Promise<void> {
  const orderId = orderOf(work);
  // A side that is away is no matter of the order that happened to ask it.
  const [general, own] = [settlement.raise.filter(isOfSide), settlement.raise.filter((problem) => !isOfSide(problem))];
  if (own.length > 0) await raise(db, tenant, own, orderId, at);
  if (general.length > 0) await raise(db, tenant, general, null, at);
  if (settlement.told.length > 0) await tell(db, tenant, settlement.told, at);
  const { settledOrder, clears } = settlement;
  if ((settledOrder || clears.length > 0) && (await isToClear(db, tenant, settledOrder, clears))) {
    if (settledOrder) await clearOrder(db, tenant, settledOrder, at);
    await clearKeys(db, tenant, clears, at);
  }
  const { queue, log } = settlement;
  // A sweep that found nothing is no news, nor is that Cin7's calls of this minute are used up.
  if (queue.move === "again" && queue.next.length === 0 && log.outcome === "done") return;
  if (log.outcome === "later" && log.note === ITS_TURN) return;
  // A step of an order that went well is told by the order's own row and its calls: nobody reads it here again.
  if (log.outcome === "done" && orderId !== null) return;
  await recordActivity(db, tenant, { at, kind: work.kind, orderId, outcome: settlement.log.outcome, note: settlement.log.note, ms, calls });
}
