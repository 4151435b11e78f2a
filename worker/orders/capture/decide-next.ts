import { isCancelled } from "../../bigcommerce/order-status.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import type { SoldKept } from "../../sales/kept.ts";
import { isWanted } from "../sending/memory.ts";
import type { begunOf } from "../sending/progress.ts";
import { readStages } from "../state.ts";
import type { OrderRow } from "../store.ts";

/**
 * What is known of an order that was just read: how it is now, its row and its frozen draft, how much of it may be in Cin7 (`begun`),
 * who skipped it, and which version of Setup is in force.
 */
export type Present = {
  order: Pick<Order, "status_id" | "date_modified">;
  row: OrderRow | null;
  kept: SoldKept | null;
  begun: ReturnType<typeof begunOf>;
  skippedBy: string | null;
  settingsVersion: number;
};

export type Next =
  /** Its sale is there: what changed since is told. */
  | { is: "compare"; row: OrderRow }
  /** It was begun and is cancelled: its sale is voided. `otherwise`: nothing of it is there to be voided. */
  | { is: "stop-cancelled"; row: OrderRow; kept: SoldKept; otherwise: Next }
  /** Un-cancelled: a voided sale is not revived, and only a person creates it again (M28). */
  | { is: "stays-void"; row: OrderRow }
  /** Frozen: a claim was made, the document may exist. The frozen draft goes to its end first (K30). */
  | { is: "go-on"; row: OrderRow; kept: SoldKept }
  | { is: "skip"; by: string }
  /** Told twice of the same state: what is mapped already is not read again (M48). */
  | { is: "as-mapped"; row: OrderRow; kept: SoldKept }
  /** Whether it is taken is judged, and it is mapped, as it is now. */
  | { is: "judge" };

/** What to do with an order now. The first rule that holds counts. */
export function decideNext(present: Present): Next {
  const { order, row, kept, begun } = present;
  if (row?.state === "sent") return { is: "compare", row };
  if (!kept || !row || begun === "nothing") return fresh(present);
  if (isCancelled(order.status_id)) return { is: "stop-cancelled", row, kept, otherwise: fresh(present) };
  if (readStages(row.stages).includes("voided")) return { is: "stays-void", row };
  // Its header alone is there and the order is held: what is mapped anew follows under that header.
  return begun === "order" || row.state !== "held" ? { is: "go-on", row, kept } : fresh(present);
}

/** Nothing of it goes on by itself. */
function fresh({ order, row, kept, skippedBy, settingsVersion }: Present): Next {
  if (skippedBy !== null) return { is: "skip", by: skippedBy };
  const same = kept && row && GOING.has(row.state) && isSame(kept, order, settingsVersion, row);
  return same ? { is: "as-mapped", row, kept } : { is: "judge" };
}

const GOING: ReadonlySet<OrderRow["state"]> = new Set(["pending", "sending"]);

/** The order as it was mapped, under the same settings. */
const isSame = (kept: SoldKept, order: Present["order"], settingsVersion: number, row: OrderRow): boolean =>
  isWanted(kept.draft.mark, row) &&
  kept.order.date_modified === order.date_modified &&
  kept.order.status_id === order.status_id &&
  kept.draft.settingsVersion === settingsVersion;
