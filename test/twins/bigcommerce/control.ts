import { type Context, Hono } from "hono";
import { fire } from "./deliveries.ts";
import { consent, launch, removeUser, uninstall } from "./oauth.ts";
import { archive, createOrder, editOrder, placeOrder, setFields, setStatus } from "./order-changes.ts";
import { fullForm } from "./order-form.ts";
import { STATUS_IDS } from "./order-statuses.ts";
import type { OrderForm } from "./order-types.ts";
import { orderState } from "./order-views.ts";
import { BadOrder } from "./price-order.ts";
import { type RefundForm, refundOrder } from "./refunds.ts";
import { DEFAULT_SCOPES, type Store } from "./state.ts";
import { storeInfo } from "./store.ts";
import { storeOf, type Twin } from "./twin.ts";

/** `/control/bigcommerce/{hash}/…`: what a shopper or a merchant does (README). */

const say = (c: Context, status: 400 | 404, error: string) => c.json({ error }, status);
const body = async (c: Context): Promise<Record<string, unknown>> => {
  const text = await c.req.text();
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
};

export function controlRoutes(twin: Twin): Hono {
  const routes = new Hono();
  type Handler = (c: Context, store: Store, given: Record<string, unknown>) => Promise<Response> | Response;
  const handle = (handler: Handler) => async (c: Context) => {
    const store = storeOf(twin, c.req.param("hash") ?? "");
    if (!store) return say(c, 404, `There is no store ${c.req.param("hash")}.`);
    try {
      return await handler(c, store, await body(c));
    } catch (error) {
      if (error instanceof BadOrder || error instanceof SyntaxError) return say(c, 400, error.message);
      throw error;
    }
  };
  const order = (
    handler: (c: Context, store: Store, given: Record<string, unknown>, record: Store["orders"][string]) => Promise<Response>,
  ) =>
    handle((c, store, given) => {
      const record = store.orders[c.req.param("id") ?? ""];
      return record ? handler(c, store, given, record) : say(c, 404, `There is no order ${c.req.param("id")}.`);
    });

  routes.post(
    "/:hash/orders",
    handle(async (c, store, given) => {
      if (Array.isArray(given["products"])) {
        const form = fullForm(given, store.pricesIncludeTax);
        if (typeof form === "string") return say(c, 400, form);
        return c.json(orderState(await createOrder(twin, store, { orderSource: "manual", ...form })), 201);
      }
      const form = given as OrderForm;
      if (!Array.isArray(form.lines) || form.lines.length === 0) return say(c, 400, "lines are missing");
      return c.json(orderState(await placeOrder(twin, store, form)), 201);
    }),
  );
  routes.post(
    "/:hash/orders/:id/status",
    order(async (c, store, given, record) => {
      const statusId = Number(given["statusId"] ?? given["status_id"]);
      if (!STATUS_IDS.includes(statusId)) return say(c, 400, "statusId is none of the fifteen");
      await setStatus(twin, store, record, statusId);
      return c.json(orderState(record));
    }),
  );
  routes.post(
    "/:hash/orders/:id/archive",
    order(async (c, store, _, record) => {
      await archive(twin, store, record);
      return c.json(orderState(record));
    }),
  );
  routes.post(
    "/:hash/orders/:id/refund",
    order(async (c, store, given, record) => {
      if (!Number.isFinite(Number(given["amount"]))) return say(c, 400, "amount is missing");
      await refundOrder(twin, store, record, given as RefundForm);
      return c.json(orderState(record));
    }),
  );
  routes.post(
    "/:hash/orders/:id/edit",
    order(async (c, store, given, record) => {
      const { staff_notes, ...changes } = given;
      if (staff_notes !== undefined && Object.keys(changes).length === 0) await setFields(twin, store, record, { staff_notes });
      else await editOrder(twin, store, record, changes as Partial<OrderForm>);
      return c.json(orderState(record));
    }),
  );

  const userId = (given: Record<string, unknown>) => (given["userId"] === undefined ? undefined : Number(given["userId"]));
  routes.post(
    "/:hash/install",
    handle((c, store, given) => c.json(consent(twin, store, userId(given) ?? Number(given["user"] ?? 0)))),
  );
  routes.post(
    "/:hash/launch",
    handle(async (c, store, given) =>
      c.json(await launch(twin, store, userId(given), typeof given["url"] === "string" ? given["url"] : "/")),
    ),
  );
  routes.post(
    "/:hash/uninstall",
    handle(async (c, store, given) => {
      const answer = await uninstall(twin, store, given["callback"] !== false);
      return c.json(answer);
    }),
  );
  routes.post(
    "/:hash/remove-user",
    handle(async (c, store, given) => {
      const answer = await removeUser(twin, store, Number(given["userId"]));
      return answer ? c.json(answer) : say(c, 404, "No such user, or the owner.");
    }),
  );
  routes.post(
    "/:hash/users",
    handle((c, store, given) => {
      const id = Math.max(...store.users.map((user) => user.id)) + 1;
      const fresh = { id, username: `Staff ${id}`, email: `staff${id}@example.com`, locale: "en-AU", role: "staff" as const, ...given };
      store.users.push(fresh);
      return c.json(fresh, 201);
    }),
  );

  routes.post(
    "/:hash/api-accounts",
    handle((c, store, given) => {
      const { random } = twin.world;
      const account = {
        client_id: `api${random.guid().replaceAll("-", "").slice(0, 28)}`,
        client_secret: random.guid().replaceAll("-", "") + random.guid().replaceAll("-", ""),
        access_token: `tok${random.guid().replaceAll("-", "")}`,
        name: String(given["name"] ?? "Lockstep"),
        scopes: Array.isArray(given["scopes"]) ? given["scopes"].map(String) : [...DEFAULT_SCOPES],
      };
      store.apiAccounts.push(account);
      store.tokens[account.access_token] = { clientId: account.client_id, scopes: account.scopes };
      return c.json({ ...account, store_hash: store.hash, api_path: `https://api.bigcommerce.com/stores/${store.hash}/v3/` }, 201);
    }),
  );
  routes.delete(
    "/:hash/api-accounts/:client",
    handle((c, store) => {
      const account = store.apiAccounts.find((each) => each.client_id === c.req.param("client"));
      if (!account) return say(c, 404, "No such API account.");
      store.apiAccounts = store.apiAccounts.filter((each) => each !== account);
      delete store.tokens[account.access_token];
      // Deleting the account deletes its hooks (facts 2).
      store.hooks = store.hooks.filter((hook) => hook.client_id !== account.client_id);
      return c.body(null, 204);
    }),
  );

  const INFO: Record<string, keyof Store> = { name: "name", is_price_entered_with_tax: "pricesIncludeTax", currency: "currency" };
  routes.patch(
    "/:hash/store",
    handle(async (c, store, given) => {
      const { owner_email, inventory_settings, ...info } = given;
      for (const [name, value] of Object.entries(info)) {
        const field = INFO[name];
        if (field) Object.assign(store, { [field]: value });
        else store.infoPatch[name] = value;
      }
      const owner = store.users.find((user) => user.role === "owner");
      if (owner && typeof owner_email === "string") owner.email = owner_email;
      if (inventory_settings) Object.assign(store.inventorySettings, inventory_settings);
      await fire(twin, store, "store/information/updated", { type: "store" });
      return c.json(storeInfo(store));
    }),
  );
  routes.patch(
    "/:hash/currencies/:code",
    handle((c, store, given) => {
      const currency = store.currencies.find((each) => each.currency_code === c.req.param("code"));
      if (!currency) throw new BadOrder("The store has no such currency.");
      return c.json(Object.assign(currency, given));
    }),
  );
  routes.put(
    "/:hash/tax-classes",
    handle((c, store, given) => {
      const when = new Date(twin.world.clock.now()).toISOString();
      const classes = Array.isArray(given["classes"]) ? (given["classes"] as { id: number; name: string; rate: string | number }[]) : [];
      store.taxClasses = classes.map(({ id, name, rate }) => ({ id, name, rate: String(rate), created_at: when, updated_at: when }));
      return c.json(store.taxClasses);
    }),
  );
  routes.post(
    "/:hash/customers/:id",
    handle((c, store, given) => {
      const customer = store.customers[c.req.param("id") ?? ""];
      if (!customer) return say(c, 404, "No such customer.");
      return c.json(Object.assign(customer, given));
    }),
  );
  routes.post(
    "/:hash/hooks/:id/deactivate",
    handle((c, store) => {
      const hook = store.hooks.find((each) => each.id === Number(c.req.param("id")));
      if (!hook) return say(c, 404, "No such hook.");
      hook.is_active = false;
      store.deactivatedHooks.push(hook.id);
      return c.json(hook);
    }),
  );
  routes.post(
    "/:hash/products/:id",
    handle(async (c, store, given) => {
      const product = store.products[c.req.param("id") ?? ""];
      if (!product) return say(c, 404, "No such product.");
      Object.assign(product, given, { date_modified: new Date(twin.world.clock.now()).toISOString() });
      await fire(twin, store, "store/product/updated", { type: "product", id: product.id });
      return c.json(product);
    }),
  );

  routes.get("/app", (c) => c.json(twin.state.app));
  routes.patch("/app", async (c) => {
    Object.assign(twin.state.app, await body(c));
    return c.json(twin.state.app);
  });
  return routes;
}
