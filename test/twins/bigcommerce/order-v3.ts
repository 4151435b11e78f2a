import { type Context, Hono } from "hono";
import { iso, v3List, v3Problem } from "./codecs.ts";
import { fire } from "./deliveries.ts";
import type { Metafield, OrderRecord } from "./order-types.ts";
import { take } from "./state.ts";
import type { ApiEnv, Twin } from "./twin.ts";

/** `/v3/orders/{id}/transactions` (facts 5.2) and `/metafields` (4.1). */

type C = Context<ApiEnv>;
type Form = Partial<Record<"permission_set" | "namespace" | "key" | "value" | "description", string>>;

const PERMISSIONS = ["app_only", "read", "write", "read_and_sf_access", "write_and_sf_access"];
const LIMITS = { namespace: 64, key: 64, value: 65_535, description: 255 } as const;

function mistakes(form: Form, partial: boolean): Record<string, string> {
  const errors: Record<string, string> = {};
  if (form.permission_set === undefined ? !partial : !PERMISSIONS.includes(form.permission_set))
    errors["permission_set"] = "permission_set is invalid";
  for (const [name, most] of Object.entries(LIMITS)) {
    const value = form[name as keyof typeof LIMITS];
    if (value === undefined && (partial || name === "description")) continue;
    if (typeof value !== "string" || value.length > most || (value === "" && name !== "description")) errors[name] = `${name} is invalid`;
  }
  return errors;
}

export function orderV3Routes(twin: Twin): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const find = (c: C): OrderRecord | null => c.get("store").orders[c.req.param("id") ?? ""] ?? null;
  const missing = (c: C) => v3Problem(c, 404, "The order was not found.");

  routes.get("/orders/:id{\\d+}/transactions", (c) => {
    const record = find(c);
    if (!record) return missing(c);
    return record.transactions.length === 0 && twin.switches.emptyTransactionsStatus === 204
      ? c.body(null, 204)
      : v3List(c, record.transactions);
  });

  // Private metafields show to their own client only (facts 2).
  const visible = (c: C, record: OrderRecord) =>
    record.metafields.filter((field) => field.owner_client_id === c.get("clientId") || field.permission_set !== "app_only");
  const changed = (c: C, name: string, field: Metafield) =>
    fire(twin, c.get("store"), `store/order/metafield/${name}`, { metafield_id: field.id, resource_id: String(field.resource_id) });

  routes.get("/orders/:id{\\d+}/metafields", (c) => {
    const record = find(c);
    if (!record) return missing(c);
    const { namespace, key } = c.req.query();
    return v3List(
      c,
      visible(c, record).filter((field) => (!namespace || field.namespace === namespace) && (!key || field.key === key)),
    );
  });
  routes.post("/orders/:id{\\d+}/metafields", async (c) => {
    const record = find(c);
    if (!record) return missing(c);
    const form = await c.req.json<Form>().catch(() => null);
    if (!form) return v3Problem(c, 400, "Input is invalid.");
    const errors = mistakes(form, false);
    if (Object.keys(errors).length > 0) return v3Problem(c, 422, "JSON data is missing or invalid", errors);
    const clientId = c.get("clientId");
    if (
      record.metafields.some((field) => field.owner_client_id === clientId && field.namespace === form.namespace && field.key === form.key)
    ) {
      return v3Problem(c, 409, "The metafield was in conflict with another metafield.");
    }
    const now = iso(twin.world.clock.now());
    const field: Metafield = {
      id: take(c.get("store"), "metafield"),
      permission_set: form.permission_set ?? "app_only",
      namespace: form.namespace ?? "",
      key: form.key ?? "",
      value: form.value ?? "",
      description: form.description ?? "",
      resource_type: "order",
      resource_id: record.order.id,
      date_created: now,
      date_modified: now,
      owner_client_id: clientId,
    };
    record.metafields.push(field);
    await changed(c, "created", field);
    return c.json({ data: field, meta: {} });
  });

  const one = (c: C) => {
    const record = find(c);
    const field = record && visible(c, record).find((each) => each.id === Number(c.req.param("field")));
    return record && field ? { record, field } : null;
  };
  routes.get("/orders/:id{\\d+}/metafields/:field{\\d+}", (c) => {
    const found = one(c);
    return found ? c.json({ data: found.field, meta: {} }) : v3Problem(c, 404, "The metafield was not found.");
  });
  routes.put("/orders/:id{\\d+}/metafields/:field{\\d+}", async (c) => {
    const found = one(c);
    if (!found) return v3Problem(c, 404, "The metafield was not found.");
    const form = await c.req.json<Form>().catch(() => null);
    if (!form) return v3Problem(c, 400, "Input is invalid.");
    const errors = mistakes(form, true);
    if (Object.keys(errors).length > 0) return v3Problem(c, 422, "JSON data is missing or invalid", errors);
    const { permission_set, namespace, key, value, description } = form;
    const given = Object.entries({ permission_set, namespace, key, value, description }).filter(([, each]) => each !== undefined);
    Object.assign(found.field, Object.fromEntries(given), { date_modified: iso(twin.world.clock.now()) });
    await changed(c, "updated", found.field);
    return c.json({ data: found.field, meta: {} });
  });
  routes.delete("/orders/:id{\\d+}/metafields/:field{\\d+}", async (c) => {
    const found = one(c);
    if (!found) return v3Problem(c, 404, "The metafield was not found.");
    found.record.metafields = found.record.metafields.filter((field) => field !== found.field);
    await changed(c, "deleted", found.field);
    return c.body(null, 204);
  });
  return routes;
}
