import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Connected } from "../../../scripts/connect.ts";
import type { OrderDetail, Settings, SettingsReply } from "../../../worker/contract/index.ts";
import { endUpTo } from "../../../worker/daily-sales/rules/day.ts";
import { type World, world } from "../../harness/world.ts";

/** A shop that makes one sale a day, with both twins in process; a test says itself when a day is over. */
const ZONE = "Australia/Melbourne";
export const TEE = "TEE-MER-NVY-S";

type Row = { SKU?: string; Description?: string; Quantity: number; Price: number; Tax: number; Total: number; TaxRule: string };
export type CinSale = {
  ID: string;
  ExternalID: string;
  Status: string;
  Customer: string;
  CustomerCurrency: string;
  Order: { Status: string; Total: number; Tax: number; Lines: Row[]; AdditionalCharges: Row[] };
  Invoices: { Status: string; Total: number; InvoiceDate: string; Payments: { Reference: string; Amount: number; Account: string }[] }[];
};

export type Shop = Awaited<ReturnType<typeof dailyShop>>;

export const clock = (at: number) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));

export async function dailyShop(change: (settings: Settings) => void = () => {}) {
  const w: World = world();
  await fetch("http://127.0.0.1:8788/control/bigcommerce/demostore1/currencies/USD", {
    method: "PATCH",
    body: JSON.stringify({ is_transactional: true }),
    headers: { "content-type": "application/json" },
  });
  // Two minutes ago, so that this day is over for whatever is dated back.
  const time = clock(Date.now() - 120_000);
  const c: Connected = await w.connect({
    change: (settings) => {
      Object.assign(settings.orders, { consolidate: "daily", consolidateAt: time });
      for (const method of settings.payments.methods)
        if (method.key === "stripe") method.currencies = [{ currency: "USD", account: "715" }];
      change(settings);
    },
  });
  const at = (path: string) => `/api/stores/${c.store}${path}`;
  const { customers } = await c.panel<{ customers: { id: string; name: string }[] }>("GET", at("/choices/customers?q=Web customer USD"));
  const save = async (alter: (settings: Settings) => void) => {
    const { version, settings } = await c.panel<SettingsReply>("GET", at("/settings"));
    alter(settings);
    await c.panel("PUT", at("/settings"), { basedOn: version, settings });
  };
  await save((settings) => {
    settings.customers.perCurrency = [
      { currency: "USD", customer: { id: customers[0]?.id as string, name: customers[0]?.name as string } },
    ];
  });
  const end = () => endUpTo(new Date(Date.now() - 3000).toISOString(), time, ZONE);
  return {
    w,
    c,
    at,
    save,
    end,
    page: (id: number) => c.panel<OrderDetail>("GET", at(`/orders/${id}`)),
    /** Orders that are read and taken; `ago`: minutes before the end of the day at which the last of them was ready. */
    async take(forms: unknown[], readyAt?: string): Promise<number[]> {
      const ids: number[] = [];
      for (const form of forms) ids.push(await w.order(c.store, form));
      await w.run(
        c.store,
        ids.map((orderId) => ({ kind: "order.changed", orderId })),
      );
      await this.ready(ids, readyAt ?? new Date(Date.parse(end()) - 60_000).toISOString());
      return ids;
    },
    /** As if the orders had been ready then. */
    async ready(ids: number[], at: string): Promise<void> {
      await env.DB.prepare("UPDATE orders SET met_at = ?1 WHERE order_id IN (SELECT value FROM json_each(?2))")
        .bind(at, JSON.stringify(ids))
        .run();
    },
    status: (id: number, statusId: number) => w.control(`/bigcommerce/${c.store}/orders/${id}/status`, { statusId }),
    /** What a table says of an order. */
    row: (id: number) => env.DB.prepare("SELECT * FROM orders WHERE order_id = ?1").bind(id).first<Record<string, unknown>>(),
    sql: (text: string) => env.DB.prepare(text).run(),
    /** The day is over, and whatever follows is done. */
    close: () => w.run(c.store, [{ kind: "day.close", from: new Date(Date.parse(end()) - 86_400_000).toISOString() }]),
    sales(): CinSale[] {
      const state = w.twins.cin7.state() as unknown as { accounts: Record<string, { sales: Record<string, CinSale> }> };
      return Object.values(state.accounts[c.account]?.sales ?? {}).filter((sale) => sale.ExternalID?.startsWith(`ls:${c.store}:`));
    },
    order(id: number) {
      const state = w.twins.bigcommerce.state() as unknown as {
        stores: Record<string, { orders: Record<string, { total_inc_tax: string; total_tax: string }> }>;
      };
      return state.stores[c.store]?.orders[id] as { total_inc_tax: string; total_tax: string };
    },
    allocated(sku: string): number {
      const state = w.twins.cin7.state() as unknown as { accounts: Record<string, { stock: { sku: string; allocated: number }[] }> };
      return (state.accounts[c.account]?.stock ?? []).filter((row) => row.sku === sku).reduce((sum, row) => sum + row.allocated, 0);
    },
  };
}

/** Cents, without floating point. */
export const cents = (values: readonly (number | string)[]): number =>
  values.reduce<number>((sum, value) => sum + Math.round(Number(value) * 100), 0);

/** Exactly one sale, invoice and set of payments for these orders, to the cent. */
export function whole(s: Shop, ids: readonly number[], currency = "AUD") {
  const sales = s.sales().filter((sale) => sale.CustomerCurrency === currency && sale.Status !== "VOIDED");
  expect(sales, `sales in ${currency}`).toHaveLength(1);
  const [sale] = sales;
  const orders = ids.map((id) => s.order(id));
  const total = cents(orders.map((order) => order.total_inc_tax));
  expect(cents([sale?.Order.Total ?? 0])).toBe(total);
  expect(cents([sale?.Order.Tax ?? 0])).toBe(cents(orders.map((order) => order.total_tax)));
  expect(sale?.Invoices.map((invoice) => [invoice.Status, cents([invoice.Total])])).toEqual([["PAID", total]]);
  expect(cents(sale?.Invoices[0]?.Payments.map((p) => p.Amount) ?? [])).toBe(total);
  return sale;
}
