import { withoutEnd } from "./text.ts";

/** The sale in Cin7 Core, for people. */
export const saleUrl = (saleId: string | null): string | null =>
  saleId ? `https://inventory.dearsystems.com/Sale#${encodeURIComponent(saleId)}` : null;

/** The order in the control panel; null when the store gave no https address. */
export const orderUrl = (controlPanelUrl: string, orderId: number): string | null =>
  orderId > 0 && /^https:\/\/[^\s"'<>]+$/.test(controlPanelUrl) ? `${withoutEnd(controlPanelUrl, "/")}/manage/orders/${orderId}` : null;
