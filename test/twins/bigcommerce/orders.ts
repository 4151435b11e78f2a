import { type Context, Hono } from "hono";
import { pageOf, slice, v2Error } from "./codecs.ts";
import { archive, createOrder, editOrder, setFields, setStatus } from "./order-changes.ts";
import { fullForm, lineForms, readOnlyField } from "./order-form.ts";
import { listOrders } from "./order-list.ts";
import { orderStatuses, STATUS_IDS } from "./order-statuses.ts";
import { summedTaxes } from "./order-taxes.ts";
import type { OrderForm, OrderRecord } from "./order-types.ts";
import { addressView, consignments, orderView } from "./order-views.ts";
import { BadOrder } from "./price-order.ts";
import type { ApiEnv, Twin } from "./twin.ts";

type C = Context<ApiEnv>;

const NOT_FOUND = "The requested resource was not found.";
const WRITABLE = [
  "staff_notes",
  "customer_message",
  "external_order_id",
  "external_merchant_id",
  "billing_address",
  "payment_method",
  "channel_id",
];

/** `/v2/orders` and everything below it (facts 4). */
export function orderRoutes(twin: Twin): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const find = (c: C): OrderRecord | null => c.get("store").orders[c.req.param("id") ?? ""] ?? null;
  const list = (c: C, rows: readonly unknown[]) =>
    rows.length === 0 && twin.switches.emptyListStatus === 204 ? c.body(null, 204) : c.json(rows);
  const included = (c: C) => (c.req.query("include") ?? "").split(",").filter(Boolean);
  const view = (c: C, record: OrderRecord) => orderView(c.get("store"), record, included(c), c.req.query("consignment_structure"));

  routes.get("/orders", (c) => {
    const store = c.get("store");
    const rows = listOrders(Object.values(store.orders), c.req.query(), twin.switches.archivedInList);
    if ("mistake" in rows) return v2Error(c, 400, rows.mistake);
    return list(
      c,
      slice(rows, pageOf(c)).map((record) => view(c, record)),
    );
  });

  routes.get("/orders/count", (c) => {
    const store = c.get("store");
    const rows = listOrders(Object.values(store.orders), c.req.query(), twin.switches.archivedInList);
    if ("mistake" in rows) return v2Error(c, 400, rows.mistake);
    const statuses = orderStatuses(store)
      .sort((a, b) => a.order - b.order)
      .map(({ order, ...status }) => ({
        ...status,
        count: rows.filter((row) => row.order.status_id === status.id).length,
        sort_order: order,
      }));
    return c.json({ statuses, count: rows.length });
  });

  routes.post("/orders", async (c) => {
    const store = c.get("store");
    const body = await c.req.json<Record<string, unknown>>().catch(() => null);
    if (!body) return v2Error(c, 400, "The request body is not valid JSON.");
    const readOnly = readOnlyField(body);
    if (readOnly)
      return v2Error(c, 400, `The field '${readOnly}' cannot be written to. Please remove it from your request before trying again.`);
    const form = fullForm(body, store.pricesIncludeTax);
    if (typeof form === "string") return v2Error(c, 400, form);
    try {
      const record = await createOrder(twin, store, form);
      return c.json(orderView(store, record), twin.switches.createOrderStatus === 200 ? 200 : 201);
    } catch (error) {
      if (error instanceof BadOrder) return v2Error(c, 400, error.message);
      throw error;
    }
  });

  routes.get("/orders/:id{\\d+}", (c) => {
    const record = find(c);
    return record ? c.json(view(c, record)) : v2Error(c, 404, NOT_FOUND);
  });

  routes.put("/orders/:id{\\d+}", async (c) => {
    const store = c.get("store");
    const record = find(c);
    if (!record) return v2Error(c, 404, NOT_FOUND);
    const body = await c.req.json<Record<string, unknown>>().catch(() => null);
    if (!body) return v2Error(c, 400, "The request body is not valid JSON.");
    const readOnly = readOnlyField(body);
    if (readOnly)
      return v2Error(c, 400, `The field '${readOnly}' cannot be written to. Please remove it from your request before trying again.`);
    const statusId = body["status_id"] === undefined ? undefined : Number(body["status_id"]);
    if (statusId !== undefined && !STATUS_IDS.includes(statusId)) return v2Error(c, 400, "The field 'status_id' is invalid.");
    if (body["is_deleted"] === true) await archive(twin, store, record);
    const changes: Partial<OrderForm> = {
      ...(body["products"] !== undefined && { lines: mergedLines(record, body["products"], store.pricesIncludeTax) }),
      ...(body["discount_amount"] !== undefined && { discount: String(body["discount_amount"]) }),
    };
    const fields = Object.fromEntries(Object.entries(body).filter(([name]) => WRITABLE.includes(name)));
    Object.assign(record.order, fields);
    if (Object.keys(changes).length > 0) await editOrder(twin, store, record, { ...changes, ...(statusId !== undefined && { statusId }) });
    else if (statusId !== undefined) await setStatus(twin, store, record, statusId);
    else if (Object.keys(fields).length > 0) await setFields(twin, store, record, fields);
    return c.json(orderView(store, record));
  });

  routes.delete("/orders/:id{\\d+}", async (c) => {
    const record = find(c);
    if (!record) return v2Error(c, 404, NOT_FOUND);
    await archive(twin, c.get("store"), record);
    return c.body(null, 204);
  });

  const part = (path: string, rows: (record: OrderRecord, c: C) => readonly unknown[]) =>
    routes.get(`/orders/:id{\\d+}/${path}`, (c) => {
      const record = find(c);
      return record ? list(c, slice(rows(record, c), pageOf(c))) : v2Error(c, 404, NOT_FOUND);
    });
  part("products", (record) => record.products);
  part("shipping_addresses", (record, c) => record.shipping_addresses.map((address) => addressView(c.get("store"), record, address)));
  part("shippingaddresses", (record, c) => record.shipping_addresses.map((address) => addressView(c.get("store"), record, address)));
  part("coupons", (record) => record.coupons);
  part("taxes", (record, c) => (c.req.query("details") === "true" ? record.taxes : summedTaxes(record.taxes)));
  part("messages", (record) => record.messages);
  part("shipments", (record) => record.shipments);

  routes.get("/orders/:id{\\d+}/products/:line{\\d+}", (c) => {
    const line = find(c)?.products.find((each) => each.id === Number(c.req.param("line")));
    return line ? c.json(line) : v2Error(c, 404, NOT_FOUND);
  });
  routes.get("/orders/:id{\\d+}/shipping_addresses/:address{\\d+}", (c) => {
    const record = find(c);
    const address = record?.shipping_addresses.find((each) => each.id === Number(c.req.param("address")));
    return record && address ? c.json(addressView(c.get("store"), record, address)) : v2Error(c, 404, NOT_FOUND);
  });
  // Orders of the API and the control panel have no quotes, and these here keep none (facts 4.1).
  routes.get("/orders/:id{\\d+}/:spelling{shipping_?addresses}/:address{\\d+}/:quotes{shipping_?quotes}", (c) =>
    find(c) ? c.body(null, 204) : v2Error(c, 404, NOT_FOUND),
  );
  routes.get("/orders/:id{\\d+}/shipments/count", (c) => {
    const record = find(c);
    return record ? c.json({ count: record.shipments.length }) : v2Error(c, 404, NOT_FOUND);
  });
  routes.get("/orders/:id{\\d+}/fees", (c) => {
    const record = find(c);
    return record ? c.json({ fees: record.fees }) : v2Error(c, 404, NOT_FOUND);
  });
  routes.get("/orders/:id{\\d+}/consignments", (c) => {
    const record = find(c);
    if (!record) return v2Error(c, 404, NOT_FOUND);
    return c.json(consignments(c.get("store"), record, included(c).includes("consignments.line_items")));
  });

  routes.get("/order_statuses", (c) => c.json(orderStatuses(c.get("store"))));
  routes.get("/order_statuses/:id{\\d+}", (c) => {
    const status = orderStatuses(c.get("store")).find((each) => each.id === Number(c.req.param("id")));
    return status ? c.json(status) : v2Error(c, 404, NOT_FOUND);
  });
  return routes;
}

/** PUT lines are a patch: lines that are not named stay as they are (facts 4.7). */
function mergedLines(record: OrderRecord, products: unknown, inclusive: boolean) {
  const given = lineForms(products, inclusive);
  const kept = record.form.lines.map((line) => {
    const change = given.find((each) => each.id === line.id && each.id !== undefined);
    if (!change) return line;
    return { ...line, quantity: change.quantity, ...(change.price !== undefined && { price: change.price }) };
  });
  return [...kept, ...given.filter((line) => line.id === undefined)];
}
