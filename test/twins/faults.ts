import type { Fault, Faults } from "./world.ts";

/** What alters an HTTP exchange; the other kinds act inside a twin (`hooks-*` on delivery, `index-lag` on lists). */
export const EXCHANGE_KINDS = [
  "status",
  "timeout-before",
  "timeout-after",
  "late-commit",
  "hold",
  "reset",
  "slow",
  "garbage",
  "refuse",
  "throttle-429",
  "throttle-503",
  "throttle-400",
] as const;

export const HOOK_KINDS = ["hooks-duplicated", "hooks-reordered", "hooks-dropped"] as const;

/** A prefix; with `$` at its end the whole path (`/sale$` is not `/sale/order`). */
const fitsPath = (path: string, wanted: string) => (wanted.endsWith("$") ? `${path}$` === wanted : path.startsWith(wanted));

export function createFaults(): Faults {
  let faults: Fault[] = [];
  let waiting: (() => void)[] = [];
  return {
    set(list) {
      faults = list.map((fault) => ({ ...fault }));
    },
    add(list) {
      faults = [...list.map((fault) => ({ ...fault })), ...faults];
    },
    drop(name) {
      faults = faults.filter((fault) => fault.name !== name);
    },
    list: () => faults,
    take(peer, method, path, kinds) {
      const found = faults.find((fault) => {
        const fits =
          fault.peer === peer &&
          (fault.times === undefined || fault.times > 0) &&
          (!kinds || kinds.includes(fault.kind)) &&
          (!fault.method || fault.method.toUpperCase() === method.toUpperCase()) &&
          (!fault.path || fitsPath(path.toLowerCase(), fault.path.toLowerCase()));
        if (!fits || !fault.skip) return fits;
        fault.skip -= 1;
        return false;
      });
      if (!found) return null;
      const taken = { ...found };
      if (found.times !== undefined) {
        found.times -= 1;
        if (found.times <= 0) faults = faults.filter((fault) => fault !== found);
      }
      return taken;
    },
    release() {
      const now = waiting;
      waiting = [];
      for (const go of now) go();
    },
    held: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
}
