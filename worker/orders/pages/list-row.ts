import type { Wait } from "../../api/access.ts";
import { isCancelled } from "../../bigcommerce/order-status.ts";
import type { OrderNote, OrderRow, OrderState, Role } from "../../contract/index.ts";
import type { Config } from "../../env.ts";
import type { orders } from "../../lib/db/schema/tables.ts";
import type { Tenant } from "../../lib/ids.ts";
import { withoutEnd } from "../../lib/text.ts";
import { readStages } from "../state.ts";
import { customerFor } from "./masked.ts";

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

/** Who looks: the context of a request is one. */
export type Seer = { session: { role: Role }; config: Pick<Config, "links">; tenant: Tenant };

/** An order as lists show it to whoever looks. `problems`: how many open ones name it. */
export function orderRow({ session: { role }, config, tenant }: Seer, stored: Stored, problems: number): OrderRow {
  const { orderId, placedAt, customer, total, currency, statusId, status, state, saleId, saleNumber, updatedAt } = stored;
  return {
    id: orderId,
    placedAt,
    customer: customerFor(role, customer),
    total,
    currency,
    statusId,
    status,
    state,
    stages: readStages(stored.stages),
    saleNumber,
    saleUrl: saleUrl(config.links.sale, tenant, saleId),
    note: noteOf(stored),
    problems,
    daySale: stored.daySale,
    updatedAt,
  };
}

/** What is said of it beside its state (ui.md 10.2). */
export function noteOf(stored: Pick<Stored, "state" | "stages" | "statusId" | "note" | "notedFor" | "saleNumber" | "waitsFor">): OrderNote {
  const note = stored.note.trim();
  switch (stored.state) {
    case "held":
    case "not-taken":
      return { is: "said", text: note };
    case "sent":
      if (readStages(stored.stages).includes("voided")) return { is: "said", text: voidNote(stored) };
      return { is: "said", text: stored.saleNumber ? `In Cin7 as ${stored.saleNumber}` : note || "In Cin7" };
    case "pending":
    case "sending":
    case "failed":
      if (stored.notedFor === null) return { is: "said", text: note || "Waits for its turn to go to Cin7 Core." };
      if (stored.waitsFor === "day") return { is: "day", at: stored.notedFor };
      return { is: "again", at: stored.notedFor, why: withoutEnd(note, ".") };
  }
}

/** Nothing of it is in Cin7 Core any more, whoever voided it. */
const voidNote = ({ statusId, saleNumber }: Pick<Stored, "statusId" | "saleNumber">): string =>
  `${isCancelled(statusId) ? "Cancelled; " : ""}${saleNumber ?? "its sale"} in Cin7 is void`;

/** What the queue itself says of an order that waits: more exact than what was last noted, and with when it goes (N9, F140). */
export function withWait(row: OrderRow, wait: Wait | undefined): OrderRow {
  if (!wait || row.daySale !== null) return row;
  return { ...row, note: wait.why ? { is: "again", at: wait.at, why: withoutEnd(wait.why, ".") } : { is: "turn", at: wait.at } };
}

/** Those of a list that the queue is asked about. */
export const waitingOf = (rows: readonly OrderRow[]): number[] =>
  rows.filter((row) => row.state === "pending" || row.state === "sending").map((row) => row.id);

/** A pattern with its parts filled in, each as a part of an address. */
const filled = (pattern: string, parts: Record<string, string | number>): string =>
  pattern.replace(/\{(\w+)\}/g, (all, name: string) => (name in parts ? encodeURIComponent(parts[name] as string | number) : all));

/** The sale in Cin7 Core, for people. */
export const saleUrl = (pattern: string, { account }: Pick<Tenant, "account">, saleId: string | null): string | null =>
  saleId ? filled(pattern, { account: account ?? "", sale: saleId }) : null;

/** The order where a person opens it: where the operator says, else in the control panel; null when the store gave no https address. */
export function orderUrl(pattern: string, store: { hash: string; controlPanelUrl: string }, orderId: number): string | null {
  if (orderId <= 0) return null;
  if (pattern) return filled(pattern, { store: store.hash, order: orderId });
  const { controlPanelUrl: panel } = store;
  return /^https:\/\/[^\s"'<>]+$/.test(panel) ? `${withoutEnd(panel, "/")}/manage/orders/${orderId}` : null;
}
