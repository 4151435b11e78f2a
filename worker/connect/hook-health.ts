import type { Hook, HookAdmin, HookChanges } from "../bigcommerce/hooks.ts";
import type { Told } from "../inbox/outcome.ts";

/** `lost`: scopes whose notices we may have missed; `blockedMs`: how long BigCommerce still sends nothing to our address. */
export type HookHealth = { lost: string[]; blockedMs: number; told: Told[] };
export const NO_HEALTH: HookHealth = { lost: [], blockedMs: 0, told: [] };

/** What was wrong with the webhooks, for the timeline (N13): gone, switched off, given up by BigCommerce, blocked as a whole. */
export function healthOf(admin: HookAdmin | null, hooks: readonly Hook[], changes: HookChanges, domain: string): HookHealth {
  const off = changes.update.filter(({ id }) => hooks.find((h) => h.id === id)?.is_active === false);
  const givenUp = off.filter(({ id }) => admin?.deactivated.includes(id));
  const byHand = off.filter(({ id }) => !admin?.deactivated.includes(id));
  const lost = [...changes.create, ...off.map(({ scope }) => scope)];
  const blocked = (admin?.blocked ?? []).filter((b) => b.destination === domain || b.destination.includes(`//${domain}`));
  const blockedMs = Math.max(0, ...blocked.map((b) => b.seconds * 1000));
  const told: Told[] = [];
  const say = (what: Told["what"], text: string) => told.push({ side: "BigCommerce", what, text });
  if (changes.create.length > 0) say("lost", `${many(changes.create)} no longer there.`);
  if (givenUp.length > 0) say("lost", `${many(scopes(givenUp))} given up by BigCommerce after failed deliveries.`);
  if (byHand.length > 0) say("lost", `${many(scopes(byHand))} switched off.`);
  if (lost.length > 0) say("repaired", `${lost.length === 1 ? "It works" : "They work"} again. Orders changed meanwhile are looked for.`);
  if (blockedMs > 0) {
    const seconds = Math.ceil(blockedMs / 1000);
    say("blocked", `BigCommerce sends no notices to us for ${seconds} s, because too many of them failed. We look for orders meanwhile.`);
  }
  return { lost, blockedMs, told };
}

const scopes = (hooks: readonly { scope: string }[]) => hooks.map((h) => h.scope);
/** "Webhook store/order/created was", "Webhooks a and b were". */
function many(names: readonly string[]): string {
  const short = names.map((scope) => scope.replace(/^store\//, ""));
  return short.length === 1 ? `The webhook ${short[0]} was` : `The webhooks ${short.slice(0, -1).join(", ")} and ${short.at(-1)} were`;
}
