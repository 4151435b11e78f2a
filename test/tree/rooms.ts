import { dirname } from "node:path";

/**
 * The rooms of the Worker in their order: a room imports only rooms of a line above its own, and rooms on one line never
 * import each other. Type-only and inline imports count.
 */
const LINES = [
  "lib",
  "settings/parts",
  "contract",
  "env",
  "lib/db",
  "cin7 bigcommerce",
  "api",
  "problems activity",
  "inbox",
  "sessions operator accounts",
  "settings",
  "orders",
  "orders/mapping",
  "sales",
  "stocktake catalogue",
  "assembly",
  "orders/reading",
  "daily-sales/rules",
  "orders/sending write-back",
  "orders/money orders/changes",
  "orders/capture",
  "orders/pages",
  "daily-sales setup",
  "connect reconcile alerts retention people",
  "first-run",
  "test-sale disconnect home",
  "sealing",
  "app",
  "index",
];
const FLOOR = new Map(LINES.flatMap((line, floor) => line.split(" ").map((room) => [room, floor] as const)));

/** `worker/orders/mapping/amounts/tax.ts` stands in `orders/mapping`; a file of a folder that is no room has none. */
export const roomOf = (file: string): string | null => {
  const path = file.replace(/^worker\//, "").replace(/\.ts$/, "");
  if (!path.includes("/")) return FLOOR.has(path) ? path : null;
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) if (FLOOR.has(folder)) return folder;
  return null;
};

export const isUpward = (from: string, to: string): boolean => {
  const [a, b] = [roomOf(from), roomOf(to)];
  if (a === b && a !== null) return false;
  if (a === null || b === null) return true;
  return (FLOOR.get(b) as number) >= (FLOOR.get(a) as number);
};
