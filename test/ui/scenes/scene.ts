import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type Connected, json, type Place } from "../../../scripts/connect.ts";
import type { Settings, SettingsReply } from "../../../worker/contract/index.ts";
import { until } from "../../harness/until.ts";
import { attention, booksOf, faults, type ShopOrder, salesFor } from "../../journeys/judge.ts";
import { control } from "../../journeys/stack.ts";

/** One kind of problem: what brings it about at the vendors, what is read on *Needs attention*, and the way out. */
export type Scene = {
  /** Brings it about through the twins; the order that it is about, or null. */
  cause(shop: Shop): Promise<number | null>;
  /** The title of its entry; `{N}` stands for the order's number. */
  says: string;
  /** Presses what the entry offers, or does what its text asks for. `entry`: the problem on *Needs attention*. */
  remedy(shop: Shop, entry: Entry, id: number): Promise<void>;
  /** How the order ends; "paid": one sale, invoiced and paid to the cent. "read": it went on before, the entry is marked as read. */
  ends: "paid" | "read" | ((shop: Shop, id: number) => Promise<void>);
  /** Puts the shop back as it was. */
  after?(shop: Shop): Promise<void>;
};
export type Entry = { page: Page; problem: Locator };

export const button = (view: Page | Locator, name: string | RegExp) => view.getByRole("button", { name, exact: true });
export const link = (view: Page | Locator, name: string | RegExp) => view.getByRole("link", { name, exact: true });

/** The store, as its owner, its warehouse and its accountant act on it. */
export class Shop {
  readonly place: Place;
  readonly c: Connected;
  readonly key: string;
  constructor(place: Place, c: Connected, key: string) {
    this.place = place;
    this.c = c;
    this.key = key;
  }
  at = (path: string) => `/api/stores/${this.c.store}${path}`;
  control = (path: string, body: unknown = {}) => control(this.place.twins, path, body);
  shop = (path: string, body: unknown = {}) => this.control(`/bigcommerce/${this.c.store}${path}`, body);
  books = (path: string, body: unknown = {}) => this.control(`/cin7/${this.c.account}${path}`, body);
  faults = (list: unknown[]) => faults(this.place, list);
  async order(form: object = {}): Promise<number> {
    return ((await this.shop("/orders", { lines: [{ sku: "TEE-MER-NVY-S" }], shipping: 9.95, ...form })) as ShopOrder).id;
  }
  async change(change: (settings: Settings) => void): Promise<void> {
    const { version, settings } = await this.c.panel<SettingsReply>("GET", this.at("/settings"));
    change(settings);
    await this.c.panel<SettingsReply>("PUT", this.at("/settings"), { basedOn: version, settings });
  }
  /** What another program or a person with the same key does in Cin7 Core. */
  async cin7(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const headers = { "content-type": "application/json", "api-auth-accountid": this.c.account, "api-auth-applicationkey": this.key };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return (await json(await fetch(`${this.place.twins}/cin7/ExternalApi/v2${path}`, init))) as Record<string, unknown>;
  }
  async sales(id: number) {
    return salesFor(await booksOf(this.place, this.c.account), this.c.store, id);
  }
  sale = (id: number) => until(`the sale of order ${id}`, async () => (await this.sales(id))[0]);
  problems = () => attention(this.c.panel, this.c.store);

  /** What BigCommerce answers about an order, read with a key of the merchant's own. */
  async answerOf(path: string): Promise<unknown> {
    this.#token ??= (await this.shop("/api-accounts")) as { access_token: string };
    const headers = { "x-auth-token": this.#token.access_token, accept: "application/json" };
    return json(await fetch(`${this.place.twins}/bigcommerce-api/stores/${this.c.store}${path}`, { headers }));
  }
  #token: { access_token: string } | undefined;
  /** From now on BigCommerce answers `path` with this. */
  lie = (path: string, body: unknown) =>
    this.faults([{ peer: "bigcommerce", kind: "status", method: "GET", status: 200, path: `${path}$`, text: JSON.stringify(body) }]);
  /** The next write to this path is done in Cin7 Core and its answer lost; until `meanwhile` is over Cin7 answers no question about it either. */
  async unheard<T>(path: string, meanwhile: () => Promise<T>): Promise<T> {
    await this.faults([
      { peer: "cin7", kind: "timeout-after", method: "POST", path, times: 1 },
      { peer: "cin7", kind: "status", method: "GET", path: "/sale", status: 503, text: "busy" },
    ]);
    const result = await meanwhile();
    await this.faults([]);
    return result;
  }
  /** An order of which BigCommerce says something odd as soon as it is paid. */
  async oddOrder(change: (order: Record<string, unknown>) => void): Promise<number> {
    const id = await this.order({ statusId: 0 });
    const order = (await this.answerOf(`/v2/orders/${id}`)) as Record<string, unknown>;
    Object.assign(order, { status_id: 11, status: "Awaiting Fulfillment", payment_status: "captured" });
    change(order);
    await this.lie(`/v2/orders/${id}`, order);
    await this.shop(`/orders/${id}/status`, { statusId: 11 });
    return id;
  }
}

/** Somebody else's program or person writes a sale. */
export async function strangeSale(shop: Shop, more: Record<string, unknown>): Promise<string> {
  const { settings } = await shop.c.panel<SettingsReply>("GET", shop.at("/settings"));
  const sale = await shop.cin7("POST", "/sale", {
    CustomerID: settings.customers.defaultCustomer?.id,
    Location: settings.location.salesShipFrom?.name,
    SkipQuote: true,
    ...more,
  });
  return String(sale["ID"]);
}

const pressed =
  (name: (id: number) => string): Scene["remedy"] =>
  async (_, { problem }, id) => {
    await button(problem, name(id)).click();
  };
export const process = pressed((id) => `Process order ${id}`);
/** What cannot be taken back says so at the first press. */
export const twice =
  (name: string | RegExp, warning: RegExp): Scene["remedy"] =>
  async (_, { problem }) => {
    await button(problem, name).click();
    await problem.getByText(warning).waitFor();
    await button(problem, name).click();
  };
export const saveSetup = async (page: Page) => {
  await button(page, "Save setup").click();
  await page.getByText(/^Saved/).waitFor();
};
/** What only tells is marked as read; `first`: what its text asks for. */
export const read =
  (first: (shop: Shop, id: number) => Promise<unknown> = async () => {}): Scene["remedy"] =>
  async (shop, { problem }, id) => {
    await first(shop, id);
    await button(problem, /^Mark as read: /).click();
  };
export const inCin7 =
  (what: string, body: unknown = {}) =>
  async (shop: Shop, id: number) =>
    shop.books(`/sales/${(await shop.sale(id)).ID}/${what}`, body);
/** The order is one sale in Cin7 Core, under whichever generation, and everything about it is answered. */
export const sent = async (shop: Shop, id: number): Promise<void> => {
  const living = await until(`order ${id} to be one sale`, async () => {
    const sales = (await shop.sales(id)).filter((sale) => sale.Status !== "VOIDED" && sale.Order.Status === "AUTHORISED");
    return sales.length > 0 && sales;
  });
  expect(living).toHaveLength(1);
};
