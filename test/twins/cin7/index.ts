/**
 * The simulated Cin7 Core: API, control verbs and console of one or more companies, all state in one JSON value.
 * Mount `app` under /cin7, `control` under /control/cin7 and `pages` under /cin7-console.
 */
import type { Hono } from "hono";
import type { Switches, World } from "../world.ts";
import { createApi, switchesOf, type Twin } from "./api.ts";
import { createControl } from "./control.ts";
import { resume } from "./hooks.ts";
import { createPages } from "./pages.ts";
import { type Scenario, scenario } from "./scenario.ts";
import { showStore } from "./state.ts";
import { applySwitches, type Cin7Switches, SWITCH_BOARD, standardSwitches } from "./switches.ts";
import { createThrottle } from "./throttle.ts";
import type { Store } from "./types.ts";

export { ALBION, HARBOUR } from "./constants.ts";

export type Cin7 = {
  app: Hono;
  control: Hono;
  pages: Hono;
  /** In the API's own shapes (design 7). */
  state(): unknown;
  dump(): unknown;
  load(data: unknown): void;
  reset(name: Scenario): void;
  switches: Cin7Switches;
};

export function createCin7(world: World, options: { switches?: Switches } = {}): Cin7 {
  const switches = standardSwitches();
  // Both twins get one list: names that are not ours are the other's.
  const own = Object.fromEntries(Object.entries(options.switches ?? {}).filter(([name]) => Object.hasOwn(SWITCH_BOARD, name)));
  applySwitches(switches, own);
  const twin: Twin = { world, store: scenario("empty", world.clock.now()), switches, throttle: createThrottle(world.clock) };
  return {
    app: createApi(twin),
    control: createControl(twin),
    pages: createPages(twin),
    switches,
    state: () => showStore(twin.store, (account) => switchesOf(twin, account)),
    dump: () => structuredClone({ store: twin.store, switches }),
    load(data) {
      const saved = structuredClone(data) as { store: Store; switches: Switches };
      twin.store = saved.store;
      applySwitches(switches, saved.switches);
      twin.throttle.clear();
      resume(world, twin.store);
    },
    reset(name) {
      twin.store = scenario(name, world.clock.now());
      Object.assign(switches, standardSwitches());
      applySwitches(switches, own);
      twin.throttle.clear();
    },
  };
}
