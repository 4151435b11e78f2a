import { html } from "hono/html";
import type { Store } from "../bigcommerce/state.ts";

type Html = ReturnType<typeof html>;

const document = (title: string, body: Html) => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/panel.css"></head>
<body>${body}</body>
</html>`;

export function plainPage(title: string, content: Html) {
  return document(
    title,
    html`<header><b>Rehearsal room</b><small>simulated BigCommerce and Cin7 Core</small><a class="end" href="/cin7-console">Cin7 console</a></header>
<main class="bare">${content}</main>`,
  );
}

const SECTIONS = [
  ["orders", "Orders"],
  ["products", "Products"],
  ["storefront", "Storefront"],
  ["marketplace", "Marketplace"],
  ["apps", "My apps"],
] as const;

export type Section = (typeof SECTIONS)[number][0];

export function storePage(store: Store, section: Section, title: string, content: Html, wide = false) {
  const links = SECTIONS.map(
    ([path, label]) => html`<a href="/panel/${store.hash}/${path}" ${path === section ? html`aria-current="page"` : ""}>${label}</a>`,
  );
  return document(
    `${title} · ${store.name}`,
    html`<header><b>${store.name}</b><small>${store.hash} · control panel</small><a class="end" href="/">All stores</a><a href="/cin7-console">Cin7 console</a></header>
<div class="frame"><nav aria-label="Store">${links}</nav><main class="${wide ? "app" : ""}">${wide ? "" : html`<h1>${title}</h1>`}${content}</main></div>`,
  );
}

export const price = (store: Store, amount: string | number) => `${store.currencySymbol}${Number(amount).toFixed(2)}`;
