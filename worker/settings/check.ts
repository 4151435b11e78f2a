import type { Settings } from "../contract/index.ts";
import { owedProblem } from "./choices/tender-accounts.ts";
import type { Fields } from "./document.ts";
import { isDaily } from "./is-daily.ts";
import { byCode } from "./parts/accounts.ts";
import { judged, PART_NAMES } from "./parts/compose.ts";
import type { Objection } from "./parts/define-part.ts";
import type { Live, LiveList } from "./parts/live.ts";
import { missingSteps } from "./steps.ts";

/**
 * The settings document before it is saved, and once a day, against what Cin7 Core has now. Each part says what is wrong with it in
 * `parts/`; here they are asked, and here stands what does not go together between parts.
 */

/** Found or created one by one when chosen: read again only when the choice changes. */
const ONE_BY_ONE: ReadonlySet<LiveList> = new Set(["products", "customers"]);
/** Accounts and customers are in a currency: the account's own is asked for with them. */
const IN_CURRENCY: ReadonlySet<LiveList> = new Set(["accounts", "customer"]);

/** Lists that must be read before `next` may replace `previous`: those whose choices change, nearly all on switching on. */
export function listsNeeded(previous: Settings, next: Settings): Set<LiveList> {
  const all = next.orders.on && !previous.orders.on;
  const need = new Set<LiveList>();
  const ask = <K extends keyof Settings>(name: K) => {
    const lists = Object.entries(judged(name).from ?? {}) as [LiveList, (part: Settings[K]) => unknown][];
    for (const [list, chosen] of lists) {
      const now = chosen(next[name]);
      if (now === undefined || !((all && !ONE_BY_ONE.has(list)) || differs(chosen(previous[name]), now))) continue;
      need.add(list);
      if (IN_CURRENCY.has(list)) need.add("currency");
    }
  };
  PART_NAMES.forEach(ask);
  return need;
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Every wrong choice with its sentence; empty: the document may be saved. Of a field its own part is heard first. */
export function check(previous: Settings, next: Settings, live: Live): Fields {
  const fields: Fields = {};
  const hear = (said: readonly Objection[], prefix = "") => {
    for (const [path, sentence] of said) if (sentence !== null) fields[prefix + path] ??= sentence;
  };
  const ask = <K extends keyof Settings>(name: K) => hear(judged(name).wrong?.(next[name], live) ?? [], `${name}.`);
  PART_NAMES.forEach(ask);
  hear([...togetherSaid(next, live), ...switchedOnSaid(previous, next)]);
  return fields;
}

/** Choices of one part that another does not go with. */
function togetherSaid(next: Settings, { accounts }: Live): Objection[] {
  const noCustomer = isDaily(next) && !next.customers.defaultCustomer;
  return [
    ["orders.consolidate", noCustomer ? "Choose a default customer first, under Customers: one sale a day goes on that customer." : null],
    ...next.payments.methods.map(
      (m, i): Objection => [
        `payments.methods.${i}.account`,
        m.account === null || !accounts ? null : owedProblem(m, byCode(m.account, accounts), next),
      ],
    ),
  ];
}

/** While orders are on the location stays; and they are switched on only when the steps to the first order are done. */
function switchedOnSaid(previous: Settings, next: Settings): Objection[] {
  const [was, is] = [previous.orders.on, next.orders.on];
  const placeTaken = is && was && previous.location.salesShipFrom && !next.location.salesShipFrom;
  const missing = is && !was ? missingSteps(next) : [];
  return [
    [
      "location.salesShipFrom",
      placeTaken ? "Orders are on, and each sale ships from a location. Choose another one, or switch orders off first." : null,
    ],
    ["orders.on", missing.length ? `Orders can be switched on when these steps are done: ${missing.join(", ")}.` : null],
  ];
}
