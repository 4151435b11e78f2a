import type { ChecklistStep, OtherConnection, Settings, StepState } from "../contract/index.ts";
import { setupAt, setupPath } from "../contract/setup-pages.ts";
import { sentenceOf } from "../first-run/other-connection.ts";
import { CHARGE_KEYS } from "../settings/parts/charges.ts";
import { defaults } from "../settings/parts/compose.ts";
import { startFor } from "../settings/parts/orders.ts";
import { chargesChosen, missingSteps, stepDone, taxMapped } from "../settings/steps.ts";

type Account = { company: string; currency: string; timeZone: string };
/** `version` 0: nothing was saved yet. */
export type SetUp = { account: Account | null; version: number; settings: Settings };
/** What the first run found so far. `heardBy`: addresses for alerts; `unconfirmed`: those of them that get nothing but the code yet; `tried`: the last trial. */
export type FirstRunSoFar = {
  heardBy: string[];
  unconfirmed: string[];
  mail: boolean;
  other: OtherConnection;
  tried: { orders: number; tie: number } | null;
  /** Who has decided which open orders of before come. */
  openBy: string | null;
};
export const NOTHING_YET: FirstRunSoFar = {
  heardBy: [],
  unconfirmed: [],
  mail: true,
  other: { lookedAt: null, found: [], off: null, blocks: false },
  tried: null,
  openBy: null,
};

/** Pages of the first run, as paths of the UI. */
const FIRST = {
  alerts: setupPath("people"),
  other: "/first-run/other-connection",
  trial: "/first-run/trial",
  open: "/first-run/open-orders",
} as const;

/** The steps to the first order (ui.md 10.3, M42): what each is for while open, what was chosen when done. */
export function checklist(setUp: SetUp, zone: string, first: FirstRunSoFar = NOTHING_YET): ChecklistStep[] {
  const linked = setUp.account !== null;
  const missing = [...(first.heardBy.length < 2 ? ["Two addresses for alerts"] : []), ...missingSteps(setUp.settings)];
  const { on } = setUp.settings.orders;
  return [
    connectStep(setUp.account),
    ...[alertsStep(first), otherConnectionStep(first.other), ...choices(setUp, zone)].map(({ done, ...step }) => ({
      ...step,
      state: stateOf(linked, linked, done),
    })),
    // Once orders are on their own pages say more than a trial would.
    ...(on && !first.tried?.orders ? [] : [{ ...trialStep(first), state: stateOf(linked, missing.length === 0, isTried(first)) }]),
    { ...ordersOnStep(setUp.settings, missing, first), state: stateOf(linked, missing.length === 0 && !first.other.blocks, on) },
    { ...openOrdersStep(setUp.settings, zone, first), state: stateOf(linked, on, first.openBy !== null) },
  ];
}

/** `open`: it can be done now. Without Cin7 Core nothing can, and nothing is done. */
const stateOf = (linked: boolean, open: boolean, done: boolean): StepState =>
  linked && done ? "done" : linked && open ? "todo" : "blocked";

type Step = Omit<ChecklistStep, "state">;
type Choice = Step & { done: boolean };

const connectStep = (account: Account | null): ChecklistStep => ({
  id: "connect",
  title: "Connect Cin7 Core",
  text: account
    ? `${[account.company, account.currency, account.timeZone].filter(Boolean).join(", ")}. Changes there are asked for once a minute, so no Automation module is needed.`
    : 'In Cin7 Core open Integrations → API, add an application named "Lockstep", and copy both values here. It needs one External integration licence for each store; the Automation module is not needed.',
  state: account ? "done" : "todo",
  to: setupPath("connection"),
});

const alertsStep = (first: FirstRunSoFar): Choice => ({
  id: "alerts",
  title: "Who should hear when something needs attention?",
  text:
    first.heardBy.length < 2
      ? "One address for orders and stock, one for money. Each is confirmed by a code that is mailed there."
      : heardWords(first),
  done: first.heardBy.length >= 2 && (!first.mail || first.unconfirmed.length === 0),
  to: FIRST.alerts,
});

const otherConnectionStep = (other: OtherConnection): Choice => ({
  id: "other-connection",
  title: "Is another connection running?",
  text: other.lookedAt ? otherWords(other) : "We look for orders that something else already sends to Cin7 Core.",
  done: other.lookedAt !== null && (other.found.length === 0 || other.off !== null),
  to: FIRST.other,
});

/** What is chosen in Setup, in the order of its pages. */
function choices({ account, version, settings }: SetUp, zone: string): Choice[] {
  const decided = account !== null && version > 0;
  return [
    shipFromStep(settings.location),
    takeOrdersStep(settings.orders, zone),
    taxStep(settings),
    paymentsStep(settings.payments, decided),
    chargesStep(settings),
    customerStep(settings.customers),
  ];
}

const shipFromStep = ({ salesShipFrom: from }: Settings["location"]): Choice => ({
  id: "ship-from",
  title: "Where do you ship from?",
  text: from ? `Sales ship from ${from.name}.` : "One location of Cin7 Core for all sales of this store.",
  done: from !== null,
  to: setupAt("location.salesShipFrom"),
});

/** Done when somebody chose another moment or a start, or switched orders on; that Setup was saved about something else decides nothing here. */
const takeOrdersStep = ({ on, captureWhen, takeFrom }: Settings["orders"], zone: string): Choice => {
  const decided = on || takeFrom !== null || captureWhen !== defaults().orders.captureWhen;
  const start = takeFrom ? `Orders placed before ${startFor(takeFrom, zone)} stay out.` : "From the moment you switch orders on.";
  return {
    id: "take-orders",
    title: "When do we take orders, and from when?",
    text: `${WHEN[captureWhen]} ${start}${decided ? "" : " Nobody has chosen otherwise yet: it stays so when you switch orders on."}`,
    done: decided,
    to: setupAt("orders.captureWhen"),
  };
};

function taxStep(settings: Settings): Choice {
  const { mapped, total } = taxMapped(settings);
  return {
    id: "tax",
    title: "Tax",
    text: settings.tax.classes.length
      ? `${mapped} of ${total} tax classes matched${mapped < total ? ": orders that need another one are held" : ""}.`
      : "Which tax rule of Cin7 Core stands for each tax class, with tax and when no tax was charged.",
    done: stepDone(settings, "tax"),
    to: setupAt("tax.classes"),
  };
}

function paymentsStep({ on, methods }: Settings["payments"], decided: boolean): Choice {
  const accounts = methods.filter((m) => m.account !== null).length;
  const chosen = accounts
    ? `${accounts} of ${methods.length} payment methods have an account.`
    : "Which account receives each method, and when it counts as paid. Skip it and invoices stay unpaid.";
  return {
    id: "payments",
    title: "Payments",
    text: on ? chosen : "Switched off: no payment is written, invoices stay unpaid.",
    done: accounts > 0 || (decided && !on),
    to: setupAt("payments.methods"),
  };
}

function chargesStep(settings: Settings): Choice {
  const [chosen, all] = [chargesChosen(settings), CHARGE_KEYS.length];
  return {
    id: "charges",
    title: "Charges and accounts",
    text: chosen
      ? `${chosen} of ${all} charge items are in Cin7${chosen < all ? ": orders that need another one are held" : ""}.`
      : `Shipping, handling, gift wrapping, fees, discounts, coupons, gift certificates and rounding. Create the ${all} charge items in Cin7.`,
    done: stepDone(settings, "charges"),
    to: setupAt("charges.items"),
  };
}

const customerStep = ({ defaultCustomer: customer }: Settings["customers"]): Choice => ({
  id: "customer",
  title: "Default customer",
  text: customer
    ? `${customer.name}, for orders without a customer of their own.`
    : "The customer in Cin7 Core for orders without a customer of their own.",
  done: customer !== null,
  to: setupAt("customers.defaultCustomer"),
});

/** Something was tried, and all of it ties. */
const isTried = ({ tried }: FirstRunSoFar): boolean => tried !== null && tried.orders > 0 && tried.tie === tried.orders;

const trialStep = ({ tried }: FirstRunSoFar): Step => ({
  id: "trial",
  title: "Try your last 20 orders",
  text: tried ? triedWords(tried) : "See exactly what Cin7 Core would get. Nothing is written on either side.",
  to: FIRST.trial,
});

function ordersOnWords(on: boolean, missing: readonly string[], first: FirstRunSoFar): string {
  if (on) return `Orders go to Cin7 Core by themselves.${unheardWords(first)}`;
  if (missing.length) return `Still to do: ${missing.join(", ")}.`;
  return first.other.blocks
    ? `${sentenceOf(first.other)} Switch it off first, so that no order comes twice.`
    : `Everything that the first order needs is there.${unheardWords(first)}`;
}

/** Orders may go on before an address is confirmed (docs/decisions/0035-who-frames-the-app.md); that it hears nothing yet is said. */
function unheardWords({ mail, unconfirmed }: FirstRunSoFar): string {
  if (!mail) return " Nobody is told by mail when something needs attention: the operator has set up no mail yet.";
  if (unconfirmed.length === 0) return "";
  return ` ${[...new Set(unconfirmed)].join(" and ")} ${new Set(unconfirmed).size === 1 ? "is" : "are"} not confirmed yet and told of nothing until then.`;
}

const ordersOnStep = ({ orders }: Settings, missing: readonly string[], first: FirstRunSoFar): Step => ({
  id: "orders-on",
  title: "Switch orders on",
  text: ordersOnWords(orders.on, missing, first),
  to: setupAt("orders.on"),
});

/** What the start leaves outside is nobody's oversight: a person decides which of it comes (M21). */
const openOrdersStep = ({ orders }: Settings, zone: string, { openBy }: FirstRunSoFar): Step => ({
  id: "open-orders",
  title: "Open orders from before",
  text: openBy
    ? `${openBy} decided which of them come. Others can still be chosen.`
    : `Orders placed before ${startFor(orders.takeFrom, zone) ?? "you switch orders on"} stay out unless you choose them.`,
  to: FIRST.open,
});

function otherWords(other: OtherConnection): string {
  if (other.found.length === 0) return "Nothing found.";
  return `${sentenceOf(other)} ${other.off ? `${other.off.by} said that it is switched off.` : "Switch it off first."}`;
}

function triedWords({ orders, tie }: { orders: number; tie: number }): string {
  if (orders === 0) return "There was no order to try yet.";
  return `${tie} of ${orders} ${orders === 1 ? "total ties" : "totals tie"}.`;
}

const WHEN: Record<Settings["orders"]["captureWhen"], string> = {
  created: "As soon as the order is placed, paid or not.",
  authorised: "Once the payment is authorised or captured.",
  paid: "Once the money counts as paid.",
  completed: "Once the order is shipped or completed in BigCommerce.",
};

/** Everything that the first order needs is there; payments may be done by hand (F47). Once orders are on it stays so. */
export const isReady = ({ account, settings }: SetUp, first: FirstRunSoFar = NOTHING_YET): boolean =>
  account !== null && missingSteps(settings).length === 0 && (settings.orders.on || (first.heardBy.length >= 2 && !first.other.blocks));

/** Who hears; what is not confirmed yet hears nothing, and that is said here until it is. */
function heardWords({ heardBy, unconfirmed, mail }: FirstRunSoFar): string {
  const names = (emails: readonly string[]) => [...new Set(emails)].join(" and ");
  if (!mail) return `${names(heardBy)}. Mail is not set up by the operator yet, so nothing is sent.`;
  if (unconfirmed.length === 0) return `${names(heardBy)}.`;
  return `Enter the code that was mailed to ${names(unconfirmed)}. Until then nothing else is sent there.`;
}
