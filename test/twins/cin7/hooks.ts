/** What Cin7 tells the outside world (facts 1.6): a hint one minute later, six tries, then silence. */
import type { FaultKind, World } from "../world.ts";
import { add, sub, times } from "./money.ts";
import type { Account, Ctx, Delivery, Location, Product, Store, Webhook } from "./types.ts";

const MINUTE = 60_000;
/** First after one minute, then so long after the try before: six tries in about 76 minutes. */
const WAITS = [1, 5, 10, 15, 20, 25].map((minutes) => minutes * MINUTE);
const HOOK_FAULTS: FaultKind[] = ["hooks-dropped", "hooks-duplicated", "hooks-reordered"];

/** `body` is made only when somebody listens. */
export function emit(ctx: Ctx, type: string, body: () => unknown): void {
  for (const hook of ctx.account.webhooks) {
    if (hook.Type !== type || !hook.IsActive) continue;
    const fault = ctx.world.faults.take("cin7", "POST", `/webhooks/${type}`, HOOK_FAULTS);
    if (fault?.kind === "hooks-dropped") continue;
    const text = JSON.stringify(body());
    const copies = fault?.kind === "hooks-duplicated" ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      // Reordered: this one overtakes nothing, the ones after it overtake this one.
      schedule(ctx.world, ctx.store, ctx.account, hook, text, fault?.kind === "hooks-reordered" ? 2 * MINUTE : 0);
    }
  }
}

function schedule(world: World, store: Store, account: Account, hook: Webhook, body: string, late: number): void {
  const delivery: Delivery = { id: world.random.guid(), accountId: account.id, webhookId: hook.ID, body, attempt: 0, due: 0 };
  store.deliveries.push(delivery);
  wait(world, store, delivery, (WAITS[0] ?? MINUTE) + late);
}

function wait(world: World, store: Store, delivery: Delivery, ms: number): void {
  delivery.due = world.clock.now() + ms / world.clock.speed;
  world.clock.later(ms, () => attempt(world, store, delivery));
}

/** After `load`: what was under way goes on. */
export function resume(world: World, store: Store): void {
  for (const delivery of store.deliveries) {
    wait(world, store, delivery, Math.max(0, delivery.due - world.clock.now()) * world.clock.speed);
  }
}

const drop = (store: Store, delivery: Delivery): void => {
  store.deliveries = store.deliveries.filter((each) => each.id !== delivery.id);
};

async function attempt(world: World, store: Store, delivery: Delivery): Promise<void> {
  const hook = store.accounts[delivery.accountId]?.webhooks.find((each) => each.ID === delivery.webhookId);
  if (!store.deliveries.includes(delivery)) return;
  if (!hook?.IsActive) return drop(store, delivery);
  if (await delivered(world, hook, delivery.body)) return drop(store, delivery);
  delivery.attempt += 1;
  const pause = WAITS[delivery.attempt];
  if (pause !== undefined) return wait(world, store, delivery, pause);
  drop(store, delivery);
  // L27944: when all tries failed the webhook is switched off, and stays so until a PUT.
  hook.IsActive = false;
}

async function delivered(world: World, hook: Webhook, body: string): Promise<boolean> {
  const headers = new Headers({ "content-type": "application/json" });
  for (const { Key, Value } of hook.ExternalHeaders) headers.set(Key, Value);
  if (hook.ExternalAuthorizationType === "bearerauth") headers.set("authorization", `Bearer ${hook.ExternalBearerToken}`);
  if (hook.ExternalAuthorizationType === "basicauth") {
    headers.set("authorization", `Basic ${btoa(`${hook.ExternalUserName}:${hook.ExternalPassword}`)}`);
  }
  try {
    const answer = await world.toApp(new Request(hook.ExternalURL, { method: "POST", headers, body }));
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** A bare array without EventType, rows per bin, and a Bin:null row whose meaning nobody wrote down (facts 1.6, 11.18). */
export function stockChanged(ctx: Ctx, product: Product, at: Location): void {
  emit(ctx, "Stock/AvailableStockLevelChanged", () => {
    const rows = (ctx.account.stock[product.ID] ?? []).filter((row) => row.locationId === at.ID);
    const shown = (bin: string | null, some: typeof rows) => {
      const OnHand = add(...some.map((row) => row.onHand));
      const Allocated = add(...some.map((row) => row.allocated));
      return {
        ID: product.ID,
        SKU: product.SKU,
        Name: product.Name,
        Barcode: product.Barcode,
        Location: at.Name,
        Bin: bin,
        Batch: null,
        ExpiryDate: null,
        Category: product.Category,
        OnHand,
        Allocated,
        Available: sub(OnHand, Allocated),
        OnOrder: add(...some.map((row) => row.onOrder)),
        StockOnHand: times(OnHand, product.AverageCost),
      };
    };
    const rest = rows.filter((row) => !row.binId);
    const total = shown(null, ctx.switches.nullBinInStockHook === "total" ? rows : rest);
    const bins = at.bins.flatMap((bin) => {
      const some = rows.filter((row) => row.binId === bin.ID);
      return some.length ? [shown(bin.Name, some)] : [];
    });
    const all = [total, ...bins];
    return all.map((row) => ({ ...row, MaxRows: all.length }));
  });
}
