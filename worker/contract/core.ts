/** Sessions, stores, orders and what the home page shows. */
import type { Page } from "./page.ts";

export type Role = "view" | "operate" | "configure";
export type Mode = "panel" | "console";

export type ApiError = {
  error: {
    code: string;
    message: string;
    /** e.g. {"payments.methods.0.account": "Choose an account that can receive payments."} */
    fields?: Record<string, string>;
    /** In how many seconds there is room again: with code `busy`, and with `too-many` where it is not a minute. */
    seconds?: number;
  };
};

// ---- session ---------------------------------------------------------------------------------------------------

/** POST /api/session {code} · POST /api/session/renew · POST /api/sign-in {accountId, applicationKey, name} */
/** `POST /api/session/end`. */
export type SessionEnded = { ended: true };
export type SessionReply = { token: string; expiresAt: string; mode: Mode };
export type SignIn = { accountId: string; applicationKey: string; name: string };

/** GET /api/me */
export type Me = {
  mode: Mode;
  user: { name: string; role: Role; owner: boolean; locale: string };
  /** The Cin7 Core account of a console session; null inside the control panel. */
  account: { id: string; company: string } | null;
  /** Inside the control panel exactly the launched store. */
  stores: StoreSummary[];
};

// ---- stores ----------------------------------------------------------------------------------------------------

export type StoreState = "active" | "reconnect" | "closing" | "disconnected";

/** GET /api/stores -> {stores: StoreSummary[]} */
export type StoreSummary = {
  hash: string;
  name: string;
  domain: string;
  connection: "app" | "store-api";
  /** `reconnect`: BigCommerce refuses our token; *open the app again from Apps* or give new credentials. */
  state: StoreState;
  currency: string;
  timeZone: string;
  pricesIncludeTax: boolean;
  account: { id: string; company: string } | null;
  missingScopes: ScopeNeed[];
  ordersOn: boolean;
  attention: number;
  waiting: number;
  lastOrderAt: string | null;
};

export type ScopeNeed = { scope: string; name: string; why: string };

/** POST /api/stores (console) -> 201 StoreSummary; 422 with fields `store`, `accessToken`, `clientId`, `clientSecret` */
export type AddStore = { store: string; accessToken: string; clientId: string; clientSecret: string };

/** POST /api/link-codes (console) -> LinkCode: entered in the store's app within 15 minutes. */
export type LinkCode = { code: string; expiresAt: string };
/** POST /api/stores/:hash/link/check {code} -> LinkOffer · POST /api/stores/:hash/link {code} -> StoreSummary */
export type LinkOffer = { accountId: string; company: string; currency: string; timeZone: string };

/**
 * GET /api/stores/:hash/cin7-key (configure): since when the account's application key is used. POST {applicationKey} (configure)
 * replaces it for every store of the account; 422 `applicationKey` when it does not open the same account.
 */
/** `session`: of who replaced it in the console; every session opened with the former key is over. */
/** `refused`: Cin7 Core accepts it no longer. */
export type KeyInUse = { since: string | null; refused?: true; session?: SessionReply };
export type ReplaceKey = { applicationKey: string };

// ---- home ------------------------------------------------------------------------------------------------------

export type StepState = "done" | "todo" | "blocked";
export type ChecklistStep = {
  id:
    | "connect"
    | "alerts"
    | "other-connection"
    | "ship-from"
    | "take-orders"
    | "tax"
    | "payments"
    | "charges"
    | "customer"
    | "trial"
    | "orders-on"
    | "open-orders";
  title: string;
  /** One sentence: what it is for while open, what was chosen when done. */
  text: string;
  state: StepState;
  /** Where to do it, a path of the UI such as `/setup/tax`. */
  to: string;
};

/** GET /api/stores/:hash/home */
export type Home = {
  checklist: ChecklistStep[];
  ready: boolean;
  ordersOn: boolean;
  /** Users who came in and nobody decided about, told to who may (M47); for others empty. */
  newPeople: { id: number; email: string }[];
  header: Header;
  today: { inCin7: number; held: number; waiting: number; notTaken: number };
  /** `demand`: who waits for calls, most urgent first, over all stores of the Cin7 account, such as "Orders" (N9). */
  meter: {
    used: number;
    quota: number;
    windowMs: number;
    waitingCalls: number;
    clearsAt: string | null;
    demand: { label: string; calls: number }[];
  } | null;
  recent: OrderRow[];
};

/**
 * GET /api/stores/:hash/home/pace: the last 24 hours, from the orders and sales that are kept anyway. `usual`: how many orders that hour
 * of the day has on the average of the `days` days before, null where too little is known; `waiting`: for Cin7, at the end of the hour.
 */
export type Pace = { hours: { at: string; orders: number; usual: number | null; waiting: number }[]; days: number };

/** The line on top of every page; also GET /api/stores/:hash/header, cheap enough to poll. */
export type Header = {
  attention: number;
  waiting: number;
  held: number;
  lastOrderAt: string | null;
  clearsAt: string | null;
  /** A side that does not answer, or `refuses` to let us in, if any: what, since when, and when we try again. */
  down: { side: "BigCommerce" | "Cin7 Core"; since: string; triesAt: string | null; why: string; refuses?: true }[];
};

/**
 * GET /api/stores/:hash/health: are we told of everything, and what happened to the connections (N13)? `what`: `lost` and
 * `blocked` (notices did not come), `repaired`, `found` (looked for, with what was missing), `polling` (how it is asked),
 * `down` and `back` (a side). Newest first, at most 100. Null instants: not yet.
 */
export type Health = {
  down: Header["down"];
  /** When its webhooks were last seen to be as they should, and its orders last looked through. */
  bigcommerce: { hooksAt: string | null; sweptAt: string | null };
  /** Cin7 Core is asked once a minute: its webhooks need a module that costs extra. */
  cin7: { sweptAt: string | null };
  timeline: { at: string; side: "BigCommerce" | "Cin7 Core"; what: HealthWhat; text: string }[];
};
export type HealthWhat = "lost" | "repaired" | "blocked" | "found" | "polling" | "down" | "back";

// ---- orders ----------------------------------------------------------------------------------------------------

/** State of an order with us; words on screen come from `ui.md` 10.2. */
export type OrderState = "pending" | "sending" | "held" | "sent" | "not-taken" | "failed";
export type Stage =
  | "sale"
  | "ordered"
  | "backordered"
  | "picked"
  | "packed"
  | "shipped"
  | "invoice-draft"
  | "invoiced"
  | "paid"
  | "part-paid"
  | "voided";

/** What is said of an order beside its state. It is data: the page makes words of it once, with instants in the reader's own format. */
export type OrderNote =
  /** A sentence; of an order that is held or not taken, what follows that word: *Held: tax*. */
  | { is: "said"; text: string }
  /** It tries again by itself, at a time if that is known. `why` has no full stop; "" where nothing is known. */
  | { is: "again"; at: string | null; why: string }
  /** It waits for its turn; `at`: about when it is sent. */
  | { is: "turn"; at: string | null }
  /** It goes with the daily sale, which closes then. */
  | { is: "day"; at: string };

export type OrderRow = {
  id: number;
  placedAt: string;
  customer: string;
  total: string;
  currency: string;
  statusId: number;
  status: string;
  state: OrderState;
  stages: Stage[];
  saleNumber: string | null;
  /** Link to the sale in Cin7 Core. */
  saleUrl: string | null;
  note: OrderNote;
  problems: number;
  daySale: number | null;
  updatedAt: string;
  /** With `state=unpaid`: money that was taken and is not in Cin7 Core, because its method has no account (F47). */
  unpaid?: { method: string; amount: string; currency: string }[] | undefined;
};

/**
 * GET /api/stores/:hash/orders?view=pending|log&q=&state=&sort=id|placedAt|total|customer|updatedAt&dir=asc|desc&page=1&perPage=25
 * `pending`: what is not yet in Cin7 Core (pending, sending, held, failed). `log`: everything that was ever taken or refused;
 * there `state=unpaid` lists the sales whose money is not in Cin7 Core because its method has no account (F47).
 */
export type OrderList = Page<OrderRow>;
