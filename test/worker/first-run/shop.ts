import { env } from "cloudflare:workers";
import { beforeEach } from "vitest";
import type { Connected, ConnectOptions } from "../../../scripts/connect.ts";
import type { OrderDetail, Settings, SettingsReply } from "../../../worker/contract/index.ts";
import type { InboxStub } from "../../../worker/inbox/client.ts";
import { until } from "../../harness/until.ts";
import { PLACE, type World, world } from "../../harness/world.ts";

/** One connected shop for each test, and what people do on both sides of it. */
export const shop = {} as { w: World; c: Connected };

export function eachItsShop(): void {
  beforeEach(() => {
    shop.w = world();
  });
}
export const open = async (options: ConnectOptions = {}): Promise<void> => {
  shop.c = await shop.w.connect(options);
};
/** The same, connected to Cin7 Core as the demo is. */
export function eachConnected(): void {
  eachItsShop();
  beforeEach(() => open());
}
const inbox = () => env.INBOX.getByName(`store:${shop.c.store}`) as unknown as InboxStub;
export const order = async (form: unknown = FORM) => shop.w.order(shop.c.store, form);

export type Sale = {
  ID: string;
  ExternalID: string;
  Status: string;
  Customer: string;
  Location: string;
  Order: { Status: string; Lines: { SKU: string }[]; AdditionalCharges: { Description: string }[] };
  Invoices: { Status: string; Total: number; InvoiceDate: string; InvoiceDueDate: string; Payments: { Amount: number }[] }[];
};
export type Books = {
  sales: Record<string, Sale>;
  customers: Record<string, { ID: string; Name: string }>;
  locations: { ID: string; Name: string }[];
};
export const books = async () => {
  const state = (await (await fetch(`${PLACE.twins}/control/state`)).json()) as { cin7: { accounts: Record<string, Books> } };
  return state.cin7.accounts[shop.c.account] as Books;
};
export const at = (path: string) => `/api/stores/${shop.c.store}${path}`;
export const FORM = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }], shipping: "9.95" };
export const page = (id: number) => shop.c.panel<OrderDetail>("GET", at(`/orders/${id}`));
export const salesOf = async (id: number) =>
  Object.values((await books()).sales).filter((s) => s.ExternalID.startsWith(`ls:${shop.c.store}:${id}:`));
export const saleOf = async (id: number) => (await salesOf(id)).at(-1) as Sale;
export const inCin7 = async (id: number, what: string, body: unknown = {}) =>
  shop.w.control(`/cin7/${shop.c.account}/sales/${(await saleOf(id)).ID}/${what}`, body);
export const status = (id: number, statusId: number) => shop.w.control(`/bigcommerce/${shop.c.store}/orders/${id}/status`, { statusId });
export const changed = (orderId: number, pressed = false) =>
  shop.w.run(shop.c.store, [{ kind: "order.changed", orderId, ...(pressed ? { pressed } : {}) }]);
export const refuse = (path: string, text: string, times = 1) =>
  shop.w.control("/faults", [{ peer: "cin7", kind: "refuse", method: "POST", path: `${path}$`, text, times }]);
export const kinds = async (id: number) => (await page(id)).problems.map((p) => p.kind);
export async function save(change: (settings: Settings) => void): Promise<void> {
  const { version, settings } = await shop.c.panel<SettingsReply>("GET", at("/settings"));
  change(settings);
  await shop.c.panel("PUT", at("/settings"), { basedOn: version, settings });
}
/** The queue until nothing is due, scheduled checks too. */
export async function settled(orderId: number, wanted: (p: OrderDetail) => boolean): Promise<OrderDetail> {
  return until(`order ${orderId} to be settled`, async () => {
    await inbox().poke();
    const now = await page(orderId);
    return wanted(now) && now;
  });
}

/** Somebody at work in Cin7 Core. */
export async function api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const credentials = await fetch(`${PLACE.twins}/control/cin7/${shop.c.account}/credentials`);
  const { applicationKey } = (await credentials.json()) as { applicationKey: string };
  const headers = { "content-type": "application/json", "api-auth-accountid": shop.c.account, "api-auth-applicationkey": applicationKey };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${PLACE.twins}/cin7/ExternalApi/v2${path}`, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

/** Somebody changes the quantity of a draft order and authorises it. */
export async function edit(saleId: string, quantity: number): Promise<void> {
  const order = (await api("GET", `/sale/order?SaleID=${saleId}`)) as { Lines: Record<string, number>[]; AdditionalCharges: unknown[] };
  const Lines = order.Lines.map((line) => ({ ...line, Quantity: quantity, Total: (line["Price"] as number) * quantity, Tax: 1 }));
  await api("POST", "/sale/order", { SaleID: saleId, Memo: "", Status: "AUTHORISED", Lines, AdditionalCharges: order.AdditionalCharges });
}
