import type { World } from "../world.ts";
import type { BigCommerceState, Store } from "./state.ts";
import type { BigCommerceSwitches } from "./switches.ts";

/** What every part of this twin works on. `state` and `switches` are replaced in place, never re-bound. */
export type Twin = { world: World; state: BigCommerceState; switches: BigCommerceSwitches };

export function storeOf(twin: Twin, hash: string): Store | null {
  return twin.state.stores[hash.toLowerCase()] ?? null;
}

/** Hono variables behind the API's door. */
export type ApiEnv = { Bindings: { reset?: () => void }; Variables: { store: Store; clientId: string; scopes: string[] } };
