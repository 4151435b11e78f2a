import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { consent, launch, uninstall } from "../bigcommerce/oauth.ts";
import { archive, placeOrder, setStatus } from "../bigcommerce/order-changes.ts";
import type { OrderForm, OrderRecord } from "../bigcommerce/order-types.ts";
import type { Store } from "../bigcommerce/state.ts";
import { storeOf, type Twin } from "../bigcommerce/twin.ts";
import { appPage, appsPage, homePage, marketplacePage } from "./apps.ts";
import { plainPage } from "./layout.ts";
import { orderPage, ordersPage, productsPage, storefrontPage } from "./shop.ts";
import { STYLE } from "./style.ts";

/** For people: a small control panel at `/` (design 7). Programs use `/control`. */
export function pages(twin: Twin): Hono {
  const routes = new Hono();
  const withStore = (handler: (c: Context, store: Store) => Response | Promise<Response>) => (c: Context) => {
    const store = storeOf(twin, c.req.param("hash") ?? "");
    return store ? handler(c, store) : c.html(plainPage("Not found", html`There is no such store.`), 404);
  };
  const withOrder = (handler: (c: Context, store: Store, record: OrderRecord) => Response | Promise<Response>) =>
    withStore((c, store) => {
      const record = store.orders[c.req.param("id") ?? ""];
      return record ? handler(c, store, record) : c.redirect(`/panel/${store.hash}/orders`);
    });

  routes.get("/", (c) => c.html(homePage(twin)));
  routes.get("/panel.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  routes.get("/panel/:hash", (c) => c.redirect(`/panel/${c.req.param("hash")}/orders`));

  routes.get(
    "/panel/:hash/marketplace",
    withStore((c, store) => c.html(marketplacePage(twin, store))),
  );
  routes.post(
    "/panel/:hash/install",
    withStore((c, store) => c.redirect(`/panel/${store.hash}/app?${new URLSearchParams({ src: consent(twin, store).url })}`, 303)),
  );
  routes.get(
    "/panel/:hash/apps",
    withStore((c, store) => c.html(appsPage(store))),
  );
  routes.get(
    "/panel/:hash/app",
    withStore(async (c, store) => {
      const src = c.req.query("src");
      // Only the app's own callback may be framed.
      if (src?.startsWith(`${twin.state.app.auth_url}?`)) return c.html(appPage(store, src, true));
      if (!store.installation) return c.redirect(`/panel/${store.hash}/marketplace`);
      const user = c.req.query("user");
      return c.html(appPage(store, (await launch(twin, store, user ? Number(user) : undefined)).url, false));
    }),
  );
  routes.post(
    "/panel/:hash/uninstall",
    withStore(async (c, store) => {
      await uninstall(twin, store);
      return c.redirect(`/panel/${store.hash}/apps`, 303);
    }),
  );

  routes.get(
    "/panel/:hash/products",
    withStore((c, store) => c.html(productsPage(store))),
  );
  routes.get(
    "/panel/:hash/storefront",
    withStore((c, store) => c.html(storefrontPage(store))),
  );
  routes.post(
    "/panel/:hash/storefront",
    withStore(async (c, store) => {
      const form = await c.req.formData();
      const text = (name: string) => String(form.get(name) ?? "");
      const quantities = form.getAll("quantity").map(Number);
      const lines = form
        .getAll("sku")
        .map((sku, index) => ({ sku: String(sku), quantity: quantities[index] || 1 }))
        .filter((line) => line.sku !== "");
      const order: OrderForm = {
        lines,
        paymentMethod: text("paymentMethod") || "Credit Card",
        shipping: /^\d+(\.\d{1,2})?$/.test(text("shipping")) ? text("shipping") : "0",
        ...(text("coupon") && { coupon: text("coupon") }),
        ...(text("customer") && { customer: Number(text("customer")) }),
        ...(text("finish") === "leave" && { statusId: 0 }),
      };
      if (lines.length === 0) return c.html(storefrontPage(store, "The basket is empty."), 400);
      const record = await placeOrder(twin, store, order);
      return c.redirect(`/panel/${store.hash}/orders/${record.order.id}`, 303);
    }),
  );

  routes.get(
    "/panel/:hash/orders",
    withStore((c, store) => c.html(ordersPage(store))),
  );
  routes.get(
    "/panel/:hash/orders/:id{\\d+}",
    withOrder((c, store, record) => c.html(orderPage(store, record))),
  );
  routes.post(
    "/panel/:hash/orders/:id{\\d+}/status",
    withOrder(async (c, store, record) => {
      await setStatus(twin, store, record, Number((await c.req.formData()).get("statusId")));
      return c.redirect(`/panel/${store.hash}/orders/${record.order.id}`, 303);
    }),
  );
  routes.post(
    "/panel/:hash/orders/:id{\\d+}/archive",
    withOrder(async (c, store, record) => {
      await archive(twin, store, record);
      return c.redirect(`/panel/${store.hash}/orders/${record.order.id}`, 303);
    }),
  );
  return routes;
}
