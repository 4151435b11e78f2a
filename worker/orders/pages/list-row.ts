import type { Wait } from "../../api/access.ts";
import type { OrderDetail, OrderRow, OrderState } from "../../contract/index.ts";
import type { orders } from "../../lib/db/schema/tables.ts";
import { withoutEnd } from "../../lib/text.ts";
import { readStages } from "../state.ts";

type Stored = Pick<
  typeof orders.$inferSelect,
  | "orderId"
  | "placedAt"
  | "customer"
  | "total"
  | "currency"
  | "statusId"
  | "status"
  | "state"
  | "stages"
  | "saleId"
  | "saleNumber"
  | "note"
  | "notedFor"
  | "waitsFor"
  | "daySale"
  | "updatedAt"
>;

/** States of *Pending orders*: what is not yet in Cin7 Core. *Log* shows every order that was ever taken or refused. */
export const PENDING: readonly OrderState[] = ["pending", "sending", "held", "failed"];

/** An order as lists show it. `problems`: how many open ones name it. */
export function orderRow(stored: Stored, problems: number): OrderRow {
  const { orderId, placedAt, customer, total, currency, statusId, status, state, saleId, saleNumber, updatedAt } = stored;
  return {
    id: orderId,
    placedAt,
    customer,
    total,
    currency,
    statusId,
    status,
    state,
    stages: readStages(stored.stages),
    saleNumber,
    saleUrl: saleUrl(saleId),
    ...noteOf(stored),
    problems,
    daySale: stored.daySale,
    updatedAt,
  };
}

/**
 * One line for people in the words of ui.md 10.2: "Held: tax", "Not taken: …", "In Cin7 as SO-00731", "Tries again …":
 * the "…" stands where the page writes `when` in the reader's own format.
 */
export function noteOf(stored: Pick<Stored, "state" | "note" | "notedFor" | "saleNumber" | "waitsFor">): {
  note: string;
  when: string | null;
} {
  const note = stored.note.trim();
  switch (stored.state) {
    case "held":
      return { note: prefixed("Held", note), when: null };
    case "not-taken":
      return { note: prefixed("Not taken", note), when: null };
    case "sent":
      return { note: stored.saleNumber ? `In Cin7 as ${stored.saleNumber}` : note || "In Cin7", when: null };
    case "pending":
    case "sending":
    case "failed":
      if (stored.waitsFor === "day") return { note, when: stored.notedFor };
      if (stored.notedFor) return { note: note ? `Tries again … (${note.replace(/\.$/, "")})` : "Tries again …", when: stored.notedFor };
      return { note: note || "Waits for its turn to go to Cin7 Core.", when: null };
  }
}

/** What the queue itself says of an order that waits: more exact than what was last noted, and with when it goes (N9, F140). */
export function withWait(row: OrderRow, wait: Wait | undefined): OrderRow {
  if (!wait || row.daySale !== null) return row;
  if (wait.why) return { ...row, note: `Tries again … (${wait.why.replace(/\.$/, "")})`, when: wait.at };
  return wait.at
    ? { ...row, note: "Waits for its turn, sent at about …", when: wait.at }
    : { ...row, note: "Waits for its turn", when: null };
}

/** Those of a list that the queue is asked about. */
export const waitingOf = (rows: readonly OrderRow[]): number[] =>
  rows.filter((row) => row.state === "pending" || row.state === "sending").map((row) => row.id);

function prefixed(word: string, note: string): string {
  if (!note) return word;
  return note === word || note.startsWith(`${word}:`) ? note : `${word}: ${note}`;
}

/** The sale in Cin7 Core, for people. */
export const saleUrl = (saleId: string | null): string | null =>
  saleId ? `https://inventory.dearsystems.com/Sale#${encodeURIComponent(saleId)}` : null;

/** The order in the control panel; null when the store gave no https address. */
export const orderUrl = (controlPanelUrl: string, orderId: number): string | null =>
  orderId > 0 && /^https:\/\/[^\s"'<>]+$/.test(controlPanelUrl) ? `${withoutEnd(controlPanelUrl, "/")}/manage/orders/${orderId}` : null;

type Picture = Pick<OrderDetail, "came" | "cameLines" | "mapped">;

/** What came and what was mapped, as the flow kept it; nothing before the order was read for the first time. */
export function pictureFrom(stored: unknown): Picture {
  const { came, cameLines, mapped } = (stored && typeof stored === "object" ? stored : {}) as Partial<Picture>;
  return {
    came: Array.isArray(came) ? came : [],
    cameLines: Array.isArray(cameLines) ? cameLines : [],
    mapped: mapped && typeof mapped === "object" ? mapped : null,
  };
}
