import { html } from "hono/html";
import { needsConsent } from "../bigcommerce/oauth.ts";
import type { Store } from "../bigcommerce/state.ts";
import type { Twin } from "../bigcommerce/twin.ts";
import { plainPage, storePage } from "./layout.ts";

/** Stores, the marketplace, the installed apps, and the app in its frame. */

export function homePage(twin: Twin) {
  const cards = Object.values(twin.state.stores).map((store) => {
    const orders = Object.keys(store.orders).length;
    const products = Object.keys(store.products).length;
    return html`<a class="card" style="color:inherit;margin:0" href="/panel/${store.hash}/orders"><h2>${store.name}</h2>
<p class="dim" style="margin:0">${store.hash}<br>${store.city}, ${store.country} · ${store.currency}, ${store.pricesIncludeTax ? "tax inclusive" : "tax exclusive"}<br>${products} products, ${orders} orders</p>
<p style="margin:12px 0 0"><span class="badge ${store.installation ? "good" : ""}">${store.installation ? "Lockstep installed" : "not installed"}</span></p></a>`;
  });
  const console = html`<a class="card" style="color:inherit;margin:0" href="/cin7-console"><h2>Cin7 Core</h2><p class="dim" style="margin:0">Sales, stock and customers of the simulated ERP.</p></a>`;
  return plainPage(
    "Rehearsal room",
    html`<h1>Stores</h1><div class="cards">${cards}</div><h1 style="margin-top:28px">ERP</h1><div class="cards">${console}</div>`,
  );
}

export function marketplacePage(twin: Twin, store: Store) {
  const scopes = twin.state.app.scopes.map((scope) => html`<li>${scope}</li>`);
  const button =
    store.installation && !needsConsent(twin, store) ? "Install again" : store.installation ? "Accept new permissions" : "Install";
  const content = html`<div class="card"><h2>Lockstep for Cin7 Core</h2><p>Brings the orders of this store into Cin7 Core, each once and to the cent, with its invoice and its payments. Refunds, stock, products and shipments stay yours.</p>
<p class="dim" style="margin-bottom:4px">It asks for:</p><ul class="dim" style="margin-top:0">${scopes}</ul>
<form method="post" action="/panel/${store.hash}/install"><button>${button}</button></form></div>`;
  return storePage(store, "marketplace", "Marketplace", content);
}

export function appsPage(store: Store) {
  if (!store.installation) {
    return storePage(
      store,
      "apps",
      "My apps",
      html`<div class="card">No apps yet. <a href="/panel/${store.hash}/marketplace">Open the marketplace</a>.</div>`,
    );
  }
  const users = store.users.map((user) => html`<option value="${user.id}">${user.username} (${user.role})</option>`);
  const content = html`<div class="card"><h2>Lockstep for Cin7 Core</h2>
<form class="row" method="get" action="/panel/${store.hash}/app"><label>Signed in as<select name="user">${users}</select></label><button>Launch</button></form>
<form method="post" action="/panel/${store.hash}/uninstall" style="margin-top:14px"><button class="plain">Uninstall</button></form></div>`;
  return storePage(store, "apps", "My apps", content);
}

/** After an install the address loses its one-time code, so that a reload launches instead. */
export function appPage(store: Store, src: string, forget: boolean) {
  const script = forget ? html`<script>history.replaceState(null, "", location.pathname)</script>` : "";
  return storePage(
    store,
    "apps",
    "Lockstep for Cin7 Core",
    html`<iframe title="Lockstep for Cin7 Core" src="${src}"></iframe>${script}`,
    true,
  );
}
