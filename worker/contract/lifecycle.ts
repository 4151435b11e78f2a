import type { OrderState, Role, Stage } from "./core.ts";

/** The first run, people, alerts and the end of a connection: part of `contract.ts`, which hands it on to the UI. */

// ---- people and alerts -----------------------------------------------------------------------------------------

export type Person = {
  id: number;
  email: string;
  owner: boolean;
  role: Role;
  firstSeenAt: string;
  lastSeenAt: string;
  /** Came in and nobody with the right to has said what they may do (M47). */
  isNew: boolean;
};
/** GET /api/stores/:hash/people (configure) · PUT /api/stores/:hash/people/:id {role} (configure) */
export type People = { people: Person[] };

/** GET /api/stores/:hash/alerts (operate) · PUT {orders, money} (configure) · POST …/alerts/test {area} -> AlertTest · POST …/alerts/confirm {code} -> Alerts */
export type Alerts = {
  /** False: the operator of this deployment has set up no mail provider, nothing can be sent. */
  mail: boolean;
  addresses: { area: "orders" | "money"; email: string; savedBy: string | null; lastSentAt: string | null; confirmed: boolean }[];
};
/** `code`: what went there is the code that confirms the address; else a test message. */
export type AlertTest = { sentTo: string; code: boolean };

// ---- the first run ---------------------------------------------------------------------------------------------

/**
 * GET, POST /api/stores/:hash/other-connection: what was found last; POST looks again (operate). POST …/other-connection/off
 * (configure): a named person says that it is switched off.
 */
export type OtherConnection = {
  lookedAt: string | null;
  /**
   * Nothing found: empty. `name`: "Cin7's own integration", "Something else". `days`: how far was looked back, 30 unless the
   * account has too many sales to read them all; `atLeast`: there were too many even so.
   */
  found: { name: string; sales: number; lastAt: string | null; days?: number; atLeast?: boolean }[];
  off: { by: string; at: string } | null;
  /** Orders cannot be switched on until it is off or quiet for 15 minutes. */
  blocks: boolean;
};

/**
 * GET /api/stores/:hash/open-orders: open in BigCommerce, placed before the start line (M21). POST {ids} (operate) takes the chosen ones;
 * POST …/open-orders/leave (operate) leaves the others out, which ends the step of the checklist.
 */
export type OpenOrders = {
  startsAt: string;
  /** There are more open orders in BigCommerce than are listed (250 of each status). */
  more: boolean;
  /** Cin7 Core has more sales since then than were compared: an order that seems not to be there may be. */
  cut: boolean;
  orders: {
    id: number;
    placedAt: string;
    customer: string;
    total: string;
    currency: string;
    status: string;
    /** Already in Cin7 Core, so it is left out: number of the sale. */
    saleNumber: string | null;
  }[];
};
export type TakenOrders = { taken: number };
/**
 * GET /api/stores/:hash/left-outside?from= (operate): what *Take orders from* keeps out, a day or an instant; without it the start in
 * force, or this moment. `open`: open orders in BigCommerce that only their age keeps out; `readyToday`: those of them that were placed
 * today and are as far as your setup asks; `more`: there are others, 250 of each status
 * were looked at.
 */
export type LeftOutside = { startsAt: string; open: number; readyToday: number; more: boolean };

/** POST /api/stores/:hash/trial {ids?} (operate): the last 20 orders that the rule takes, mapped; nothing is written anywhere. */
export type Trial = {
  orders: TrialOrder[];
  /** Of those that would be taken: how many, and how many totals tie to the cent. */
  taken: number;
  tie: number;
  settingsVersion: number;
};
export type TrialOrder = {
  id: number;
  placedAt: string;
  total: string;
  currency: string;
  verdict: "taken" | "not-taken" | "held";
  /** Not taken: why. Held: one sentence for each problem. Taken: what is told beside it, such as a line that moves no stock. */
  why: string[];
  tie: boolean | null;
  /** The exact bodies as JSON text; IDs that Cin7 Core gives only then read "(…)". */
  bodies: { step: string; path: string; body: string }[];
  /** Calls to Cin7 Core that it would cost. */
  calls: number;
  losses: string[];
};

// ---- the end ---------------------------------------------------------------------------------------------------

/** POST /api/stores/:hash/disconnect {confirm: the store's name, choice} (configure). Sessions of the store end at once. */
export type DisconnectChoice = "keep-links" | "remove-everything" | "move";
export type Disconnecting = { choice: DisconnectChoice; doneAbout: string; keptUntil: string | null };

/** GET /api/stores/:hash/history?page=: orders in Cin7 Core accounts to which the store was linked before. */
export type FormerOrder = {
  id: number;
  placedAt: string;
  total: string;
  currency: string;
  state: OrderState;
  stages: Stage[];
  saleNumber: string | null;
  company: string;
};
export type History = { rows: FormerOrder[]; total: number; page: number; perPage: number };

/** POST /api/stores/:hash/erase {email} (configure): a shopper's personal data goes; `waiting`: orders still on their way. */
/** `waiting`: on their way to Cin7 Core; each is erased by itself within a day after it is finished. */
export type Erased = { orders: number; payloads: number; waiting: number };
