/** The frame of the console: header, navigation, one small stylesheet. */
import { html, raw } from "hono/html";
import type { Account } from "./types.ts";

export const BASE = "/cin7-console";
export type Html = ReturnType<typeof html>;

const CSS = `
:root{--ink:#1d2733;--soft:#5b6b7b;--line:#dfe5ea;--paper:#fff;--wash:#f4f6f8;--brand:#0b5cad;--good:#1b7a46;--bad:#b3261e;--warm:#8a5a00}
*{box-sizing:border-box}body{margin:0;font:14px/1.45 system-ui,"Segoe UI",sans-serif;color:var(--ink);background:var(--wash)}
header{background:#0d2f4f;color:#fff;padding:0 24px;display:flex;align-items:center;gap:28px;height:52px}
header strong{font-size:16px}header a{color:#d4e4f4;text-decoration:none;padding:16px 0 13px;border-bottom:3px solid transparent}
header a[aria-current=page]{color:#fff;border-color:#6fb3f2}header .who{margin-left:auto;color:#a9c3dc}
main{max-width:1232px;margin:24px auto;padding:0 24px}h1{font-size:22px;margin:0 0 16px;display:flex;gap:12px;align-items:center;flex-wrap:wrap}
h2{font-size:15px;margin:0 0 10px}.card{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:16px 18px;margin:0 0 18px;overflow-x:auto}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;color:var(--soft);font-size:12px;padding:6px 10px 6px 0;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:7px 10px 7px 0;border-bottom:1px solid #edf0f3;vertical-align:top}tr:last-child td{border-bottom:0}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
a{color:var(--brand)}.tag{display:inline-block;padding:1px 8px;border-radius:10px;background:#e8edf2;color:#3c4a58;font-size:12px;font-weight:600;white-space:nowrap}
.good{background:#dcf2e4;color:var(--good)}.bad{background:#fae3e1;color:var(--bad)}.warm{background:#fbeed3;color:var(--warm)}
.grid{display:grid;grid-template-columns:1fr 1fr;gap:18px;align-items:start}.grid .card{margin:0}.grid{margin:0 0 18px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}dt{color:var(--soft)}dd{margin:0}
form.inline{display:inline-flex;flex-wrap:wrap;gap:6px;align-items:center;margin:0}button{font:inherit;font-weight:600;padding:5px 12px;border:1px solid var(--brand);border-radius:6px;background:var(--brand);color:#fff;cursor:pointer}
button.plain{background:#fff;color:var(--brand)}button.danger{background:#fff;border-color:var(--bad);color:var(--bad)}input,select{font:inherit;padding:5px 8px;border:1px solid #b9c4ce;border-radius:6px;background:#fff}
h1 button,h1 input,h1 select{font-size:14px;font-weight:600}h1 input,h1 select{font-weight:400}.n+td:not(.n),.n+th:not(.n){padding-left:18px}input.qty{width:84px;text-align:right}.actions{display:flex;gap:10px;flex-wrap:wrap;margin-left:auto}.note{padding:10px 14px;border-radius:6px;margin:0 0 16px}.empty{color:var(--soft);margin:0}
:focus-visible{outline:2px solid var(--brand);outline-offset:2px}
@media(max-width:900px){.grid{grid-template-columns:minmax(0,1fr)}header{overflow-x:auto;gap:18px}}`;

const TABS = [
  ["sales", "Sales"],
  ["stock", "Stock"],
  ["customers", "Customers"],
  ["ledger", "Ledger"],
  ["webhooks", "Webhooks"],
  ["switches", "Switches"],
] as const;

export type Notice = { kind: "good" | "bad"; text: string } | null;

export function layout(title: string, account: Account | null, tab: string, notice: Notice, content: unknown): Html {
  const tabs = account
    ? TABS.map(
        ([path, name]) => html`<a href="${BASE}/${account.id}/${path}" ${raw(tab === path ? 'aria-current="page"' : "")}>${name}</a>`,
      )
    : "";
  return html`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Cin7 Core (simulated)</title><link rel="icon" href="data:,"><style>${raw(CSS)}</style></head>
<body>
<header><strong><a href="${BASE}">Cin7 Core, simulated</a></strong><nav aria-label="Company" style="display:flex;gap:24px">${tabs}</nav><span class="who">${account ? `${account.company.Company} · ${account.company.Currency}` : ""}</span><a href="/">All stores</a></header>
<main>${notice ? html`<p class="note ${notice.kind}" role="status">${notice.text}</p>` : ""}${content}</main>
</body></html>`;
}

const TONES: Record<string, string> = {
  COMPLETED: "good",
  PAID: "good",
  AUTHORISED: "good",
  SHIPPED: "good",
  FULFILLED: "good",
  INVOICED: "good",
  VOIDED: "bad",
  BACKORDERED: "bad",
  CREDITED: "warm",
  UNPAID: "warm",
  "PARTIALLY PAID": "warm",
  "NOT REFUNDED": "warm",
  DRAFT: "warm",
};
export const tag = (status: unknown): Html => html`<span class="tag ${TONES[String(status)] ?? ""}">${String(status)}</span>`;

/** Two decimals, more only where there are more. */
export function amount(value: unknown): string {
  const text = String(value ?? 0);
  const [whole = "0", part = ""] = text.split(".");
  return `${whole}.${part.padEnd(2, "0")}`;
}
export const date = (value: unknown): string => String(value ?? "").slice(0, 10);
