import { html } from "hono/html";
import { orderStatuses } from "../bigcommerce/order-statuses.ts";
import type { OrderRecord } from "../bigcommerce/order-types.ts";
import type { Store } from "../bigcommerce/state.ts";
import { price, storePage } from "./layout.ts";

/** Orders, one order, products, and the storefront's checkout. */

const ROWS_SHOWN = 200;

const badge = (record: OrderRecord) =>
  html`<span class="badge ${record.order.status_id === 11 ? "good" : ""}">${record.order.is_deleted ? "Archived" : record.order.custom_status}</span>`;

export function ordersPage(store: Store) {
  const records = Object.values(store.orders).reverse().slice(0, ROWS_SHOWN);
  const rows = records.map((record) => {
    const { order } = record;
    const name = `${order.billing_address.first_name} ${order.billing_address.last_name}`;
    return html`<tr><td><a href="/panel/${store.hash}/orders/${order.id}">#${order.id}</a></td><td>${order.date_created}</td><td>${name}</td>
<td>${badge(record)}</td><td>${order.payment_method}</td><td class="right">${price(store, order.total_inc_tax)}</td></tr>`;
  });
  const table = html`<table><thead><tr><th>Order</th><th>Placed</th><th>Customer</th><th>Status</th><th>Payment</th><th class="right">Total</th></tr></thead><tbody>${rows}</tbody></table>`;
  const none = html`<div class="card">No orders yet. <a href="/panel/${store.hash}/storefront">Place one in the storefront</a>.</div>`;
  return storePage(store, "orders", "Orders", records.length > 0 ? table : none);
}

export function orderPage(store: Store, record: OrderRecord) {
  const { order } = record;
  const lines = record.products.map(
    (line) => html`<tr><td>${line.name}<br><span class="dim">${line.sku || "no SKU"}</span></td><td class="right">${line.quantity}</td>
<td class="right">${price(store, line.price_ex_tax)}</td><td class="right">${price(store, line.total_tax)}</td><td class="right">${price(store, line.discounted_total_inc_tax)}</td></tr>`,
  );
  const money = (label: string, amount: unknown) => html`<dt>${label}</dt><dd>${price(store, String(amount))}</dd>`;
  const optional = (label: string, amount: unknown) => (Number(amount) > 0 ? money(label, amount) : "");
  const choices = orderStatuses(store)
    .sort((a, b) => a.order - b.order)
    .map((status) => html`<option value="${status.id}" ${status.id === order.status_id ? "selected" : ""}>${status.custom_label}</option>`);
  const address = order.billing_address;
  const payments = record.transactions.map(
    (row) => html`<dt>${row.event} · ${row.method.replaceAll("_", " ")}</dt><dd>${price(store, row.amount)}</dd>`,
  );
  const content = html`<p>${badge(record)} <span class="dim">placed ${order.date_created}, changed ${order.date_modified}</span></p>
<div class="split"><div>
<table><thead><tr><th>Item</th><th class="right">Quantity</th><th class="right">Price ex tax</th><th class="right">Tax</th><th class="right">Total inc tax</th></tr></thead><tbody>${lines}</tbody></table>
</div><div>
<div class="card"><h2>Totals</h2><dl>${money("Subtotal ex tax", order.subtotal_ex_tax)}${optional("Discount", order.discount_amount)}${optional("Coupon", order.coupon_discount)}
${optional("Shipping ex tax", order["shipping_cost_ex_tax"])}${optional("Handling ex tax", order["handling_cost_ex_tax"])}${optional("Gift wrapping ex tax", order["wrapping_cost_ex_tax"])}
${money(store.taxName, order.total_tax)}<dt><b>Total</b></dt><dd><b>${price(store, order.total_inc_tax)}</b></dd></dl></div>
<div class="card"><h2>Payment</h2><p class="dim">${order.payment_method}</p><dl>${payments}</dl></div>
<div class="card"><h2>Customer</h2>${address.first_name} ${address.last_name}<br>${address.email}<br>${address.street_1}, ${address.city} ${address.zip}, ${address.country}</div>
<div class="card"><h2>Change</h2>
<form class="row" method="post" action="/panel/${store.hash}/orders/${order.id}/status"><label>Status<select name="statusId">${choices}</select></label><button>Save</button></form>
<form method="post" action="/panel/${store.hash}/orders/${order.id}/archive" style="margin-top:12px"><button class="plain" ${order.is_deleted ? "disabled" : ""}>Archive order</button></form></div>
</div></div>`;
  return storePage(store, "orders", `Order #${order.id}`, content);
}

export function productsPage(store: Store) {
  const products = Object.values(store.products);
  const rows = products.slice(0, ROWS_SHOWN).map(
    (product) => html`<tr><td>${product.name}<br><span class="dim">${product.brand} · ${product.category}</span></td><td>${product.sku}</td>
<td class="right">${product.variants.length}</td><td class="right">${product.variants.reduce((all, each) => all + each.inventory_level, 0)}</td>
<td>${store.taxClasses.find((each) => each.id === product.tax_class_id)?.name}</td><td class="right">${price(store, product.price)}</td></tr>`,
  );
  const basis = store.pricesIncludeTax ? "prices include tax" : "prices exclude tax";
  const content = html`<p class="dim">${products.length} products, ${basis}</p><table><thead><tr><th>Product</th><th>SKU</th><th class="right">Variants</th><th class="right">Stock</th><th>Tax class</th><th class="right">Price</th></tr></thead><tbody>${rows}</tbody></table>`;
  return storePage(store, "products", "Products", content);
}

export function storefrontPage(store: Store, mistake = "") {
  const skus = Object.values(store.products)
    .flatMap((product) => product.variants.map((variant) => ({ product, variant })))
    .slice(0, 400);
  if (skus.length === 0) return storePage(store, "storefront", "Storefront", html`<div class="card">This store has no products.</div>`);
  const option = ({ product, variant }: (typeof skus)[number]) => {
    const label = [product.name, ...variant.option_values.map((value) => value.label)].join(" · ");
    return html`<option value="${variant.sku}">${label} — ${price(store, variant.price ?? product.price)}</option>`;
  };
  const line = (first: boolean) => html`<div class="row" style="margin-bottom:10px"><label style="flex:1">Product<select name="sku">
${first ? "" : html`<option value="">—</option>`}${skus.map(option)}</select></label><label>Quantity<input type="number" name="quantity" min="1" value="1"></label></div>`;
  const coupons = store.coupons.map((coupon) => html`<option value="${coupon.code}">${coupon.code} — ${coupon.name}</option>`);
  const people = Object.values(store.customers).map(
    (customer) => html`<option value="${customer.id}">${customer.first_name} ${customer.last_name}</option>`,
  );
  const methods = store.paymentMethods.map((method) => html`<option>${method.name}</option>`);
  const content = html`${mistake ? html`<div class="card" role="alert">${mistake}</div>` : ""}
<form class="card" method="post" action="/panel/${store.hash}/storefront"><h2>Basket</h2>${line(true)}${line(false)}${line(false)}
<h2 style="margin-top:20px">Checkout</h2><div class="row">
<label>Shopper<select name="customer"><option value="">Guest</option>${people}</select></label>
<label>Coupon<select name="coupon"><option value="">None</option>${coupons}</select></label>
<label>Shipping<input name="shipping" value="9.95" size="6" inputmode="decimal"></label>
<label>Payment<select name="paymentMethod">${methods}</select></label>
<label>Finish<select name="finish"><option value="pay">Pay</option><option value="leave">Leave at the payment page</option></select></label>
<button>Place order</button></div></form>`;
  return storePage(store, "storefront", "Storefront", content);
}
