/** The console for people, at /cin7-console: companies, sales, stock, customers, ledger, webhooks, switches. */
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { contextOf, switchesOf, type Twin } from "./api.ts";
import { stockSums } from "./availability.ts";
import { voidSale } from "./cancel.ts";
import { adjust, invoiceSale, paySale, shipSale } from "./control.ts";
import { Refusal } from "./errors.ts";
import { customerOf, journals } from "./ledger.ts";
import { amount, BASE, date, type Html, layout, type Notice, tag } from "./page-layout.ts";
import { salePage } from "./page-sale.ts";
import { amounts, statuses } from "./sale-status.ts";
import { writable } from "./sales.ts";
import { SWITCH_BOARD } from "./switches.ts";
import type { Account, Ctx, Json, Sale } from "./types.ts";

const SHOWN = 200;

const accountsPage = (twin: Twin): Html =>
  html`<h1>Companies</h1>${Object.values(twin.store.accounts).map(
    (each) =>
      html`<section class="card"><h2><a href="${BASE}/${each.id}/sales">${each.company.Company}</a></h2><dl><dt>Account ID</dt><dd><code>${each.id}</code></dd><dt>Application key</dt><dd><code>${each.applicationKeys[0]}</code></dd><dt>Currency</dt><dd>${each.company.Currency}</dd><dt>Zone</dt><dd>${each.company.zone.iana}</dd><dt>Sales</dt><dd>${Object.keys(each.sales).length}</dd><dt>Books locked up to</dt><dd>${date(each.company.LockDate) || "not locked"}</dd></dl></section>`,
  )}`;

function salesPage(twin: Twin, account: Account): Html {
  const sales = Object.values(account.sales).sort((a, b) => b.turn - a.turn);
  const row = (sale: Sale) => {
    const at = statuses(account, sale, switchesOf(twin, account));
    return html`<tr><td><a href="${BASE}/${account.id}/sales/${sale.id}">${sale.number || sale.id.slice(0, 8)}</a></td><td>${date(sale.header.SaleOrderDate)}</td><td>${customerOf(account, sale).Name}</td><td>${sale.header.CustomerReference}</td><td>${tag(at.Status)}</td><td>${tag(at.OrderStatus)}</td><td>${tag(at.CombinedShippingStatus)}</td><td>${tag(at.CombinedInvoiceStatus)}</td><td>${tag(at.CombinedPaymentStatus)}</td><td class="n">${amount(sale.order.Total || amounts(sale).invoiced)}</td></tr>`;
  };
  return html`<h1>Sales <span class="tag">${sales.length}</span></h1><section class="card">${sales.length ? html`<table><thead><tr><th>Number</th><th>Date</th><th>Customer</th><th>Reference</th><th>Status</th><th>Order</th><th>Shipping</th><th>Invoice</th><th>Payment</th><th class="n">Total</th></tr></thead><tbody>${sales.slice(0, SHOWN).map(row)}</tbody></table>` : html`<p class="empty">No sales yet. They appear here as soon as the app posts them.</p>`}</section>`;
}

function stockPage(account: Account, query: string, place: string): Html {
  const sums = new Map(stockSums(account).map((row) => [`${row.sku}|${row.location}`, row]));
  const places = account.locations.filter((each) => !place || each.Name === place);
  const products = Object.values(account.products).filter(
    (each) => each.Type === "Stock" && `${each.SKU} ${each.Name}`.toLowerCase().includes(query.toLowerCase()),
  );
  const rows = products.slice(0, SHOWN).flatMap((product) =>
    places.map((at) => {
      const sum = sums.get(`${product.SKU}|${at.Name}`) ?? { onHand: 0, allocated: 0, available: 0 };
      return html`<tr><td>${product.SKU}</td><td>${product.Name}</td><td>${at.Name}</td><td class="n">${sum.onHand}</td><td class="n">${sum.allocated}</td><td class="n">${sum.available}</td><td><form class="inline" method="post" action="${BASE}/${account.id}/stock"><input type="hidden" name="sku" value="${product.SKU}"><input type="hidden" name="location" value="${at.Name}"><input class="qty" type="number" name="onHand" value="${sum.onHand}" aria-label="On hand of ${product.SKU} at ${at.Name}"><button class="plain">Adjust</button></form></td></tr>`;
    }),
  );
  return html`<h1>Stock by location <span class="actions"><form class="inline" method="get"><input name="q" value="${query}" placeholder="SKU or name" aria-label="SKU or name"><select name="location" aria-label="Location"><option value="">All locations</option>${account.locations.map((each) => html`<option ${each.Name === place ? "selected" : ""}>${each.Name}</option>`)}</select><button>Show</button></form></span></h1>
<section class="card"><table><thead><tr><th>SKU</th><th>Name</th><th>Location</th><th class="n">On hand</th><th class="n">Allocated</th><th class="n">Available</th><th>New on hand</th></tr></thead><tbody>${rows}</tbody></table>${products.length > SHOWN ? html`<p class="empty">${products.length - SHOWN} more products: search to narrow.</p>` : ""}</section>`;
}

const customersPage = (account: Account): Html =>
  html`<h1>Customers</h1><section class="card"><table><thead><tr><th>Name</th><th>E-mail</th><th>Currency</th><th>Terms</th><th>Tax rule</th><th>Addresses</th><th>Status</th></tr></thead><tbody>${Object.values(
    account.customers,
  )
    .slice(0, SHOWN)
    .map(
      (each) =>
        html`<tr><td>${each.Name}</td><td>${each.Contacts.map((row) => row.Email).join(", ")}</td><td>${each.Currency}</td><td>${each.PaymentTerm}</td><td>${each.TaxRule}</td><td class="n">${each.Addresses.length}</td><td>${each.Status}</td></tr>`,
    )}</tbody></table></section>`;

const ledgerPage = (account: Account): Html =>
  html`<h1>Ledger</h1><section class="card"><table><thead><tr><th>Date</th><th>Cause</th><th>Reference</th><th>Debit</th><th>Credit</th></tr></thead><tbody>${journals(
    account,
  )
    .reverse()
    .slice(0, SHOWN)
    .map(
      (each) =>
        html`<tr><td>${date(each.date)}</td><td>${each.kind}</td><td>${each.reference}</td><td>${each.lines.filter((line) => line.debit).map((line) => html`${line.account} ${amount(line.debit)}<br>`)}</td><td>${each.lines.filter((line) => line.credit).map((line) => html`${line.account} ${amount(line.credit)}<br>`)}</td></tr>`,
    )}</tbody></table></section>`;

const webhooksPage = (account: Account): Html =>
  html`<h1>Webhooks</h1><section class="card">${account.webhooks.length ? html`<table><thead><tr><th>Type</th><th>Address</th><th>Sign-in</th><th>State</th></tr></thead><tbody>${account.webhooks.map((each) => html`<tr><td>${each.Type}</td><td>${each.ExternalURL}</td><td>${each.ExternalAuthorizationType}</td><td>${tag(each.IsActive ? "ACTIVE" : "OFF")}</td></tr>`)}</tbody></table>` : html`<p class="empty">None registered.</p>`}</section>`;

function switchesPage(twin: Twin, account: Account): Html {
  const now = switchesOf(twin, account);
  return html`<h1>Switches</h1><section class="card"><p>Open facts and hidden company settings. Change them with POST /control/cin7/${account.id}/switches.</p><table><thead><tr><th>Name</th><th>Now</th><th>Fact</th><th>What it decides</th></tr></thead><tbody>${Object.entries(
    SWITCH_BOARD,
  ).map(
    ([name, each]) =>
      html`<tr><td><code>${name}</code></td><td>${String(now[name as keyof typeof now])}${now[name as keyof typeof now] === each.standard ? "" : html` <span class="tag warm">changed</span>`}</td><td>${each.fact}</td><td>${each.says}${each.values ? html`<br><small>${each.values.map(String).join(" · ")}</small>` : ""}</td></tr>`,
  )}</tbody></table></section>`;
}

const ACTIONS: Record<string, { done: string; run: (ctx: Ctx, sale: Sale) => unknown }> = {
  ship: { done: "Shipped.", run: shipSale },
  invoice: { done: "Invoice authorised.", run: invoiceSale },
  pay: { done: "Paid.", run: paySale },
  void: { done: "Voided.", run: voidSale },
};

export function createPages(twin: Twin): Hono {
  const app = new Hono();
  const notice = (c: Context): Notice => {
    const [done, failed] = [c.req.query("done"), c.req.query("failed")];
    return failed ? { kind: "bad", text: failed } : done ? { kind: "good", text: done } : null;
  };
  const page = (path: string, tab: string, title: string, show: (account: Account, c: Context) => Html | null) =>
    app.get(path, (c) => {
      const account = twin.store.accounts[c.req.param("account") ?? ""];
      const content = account && show(account, c);
      return account && content ? c.html(layout(title, account, tab, notice(c), content)) : c.notFound();
    });
  /** Runs an action and goes back with what came of it. */
  const back = (c: Context, to: string, run: () => string) => {
    try {
      return c.redirect(`${to}?done=${encodeURIComponent(run())}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return c.redirect(`${to}?failed=${encodeURIComponent(error.message)}`, 303);
    }
  };

  app.get("/", (c) => c.html(layout("Companies", null, "", notice(c), accountsPage(twin))));
  app.get("/:account", (c) => c.redirect(`${BASE}/${c.req.param("account")}/sales`, 302));
  page("/:account/sales", "sales", "Sales", (account) => salesPage(twin, account));
  page("/:account/sales/:id", "sales", "Sale", (account, c) => {
    const sale = account.sales[c.req.param("id") ?? ""];
    return sale ? salePage(account, sale, switchesOf(twin, account)) : null;
  });
  page("/:account/stock", "stock", "Stock", (account, c) => stockPage(account, c.req.query("q") ?? "", c.req.query("location") ?? ""));
  page("/:account/customers", "customers", "Customers", customersPage);
  page("/:account/ledger", "ledger", "Ledger", ledgerPage);
  page("/:account/webhooks", "webhooks", "Webhooks", webhooksPage);
  page("/:account/switches", "switches", "Switches", (account) => switchesPage(twin, account));
  app.post("/:account/sales/:id/:action", (c) => {
    const { account: accountId, id, action } = c.req.param();
    const account = twin.store.accounts[accountId];
    const sale = account?.sales[id];
    const chosen = ACTIONS[action];
    if (!account || !sale || !chosen) return c.notFound();
    return back(c, `${BASE}/${accountId}/sales/${id}`, () => {
      chosen.run(contextOf(twin, account), writable(sale));
      return chosen.done;
    });
  });
  app.post("/:account/stock", async (c) => {
    const account = twin.store.accounts[c.req.param("account")];
    if (!account) return c.notFound();
    const body = (await c.req.parseBody()) as Json;
    return back(c, `${BASE}/${account.id}/stock`, () => {
      adjust(contextOf(twin, account, body));
      return `${String(body["sku"])}: ${String(body["onHand"])} on hand at ${String(body["location"])}`;
    });
  });
  return app;
}
