import type { Problem } from "../problems/define-problem.ts";

/** What tells the moment at which the capture rule was met (M12); `change`: nothing does, it is the order's last change. */
export type MetBy = "placed" | "payment" | "shipment" | "change";
export type Verdict =
  | { is: "take"; metAt: string; metBy?: MetBy }
  | { is: "hold"; problems: Problem[] }
  | { is: "skip"; code: string; text: string };
