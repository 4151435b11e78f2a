import type { WorkClass } from "../cin7/priority.ts";
import type { Home } from "../contract/index.ts";

const LABEL: Record<WorkClass, string> = {
  cancel: "Cancelled orders",
  "stock-down": "Stock that sold out",
  order: "Orders",
  shipment: "Shipments",
  money: "Invoices and payments",
  "stock-up": "Stock that came in",
  sweep: "Looking for changes",
  catalogue: "Products",
};

type Demand = NonNullable<Home["meter"]>["demand"];

/** Who waits for calls to Cin7, in words, most urgent first (N9). */
export const demandOf = (demand: readonly { cls: WorkClass; want: number }[]): Demand =>
  demand.filter(({ want }) => want > 0).map(({ cls, want }) => ({ label: LABEL[cls], calls: want }));
