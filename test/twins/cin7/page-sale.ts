/** One sale: lines, charges, fulfilment, invoice, payments, credit notes, journal entries. */
import { html } from "hono/html";
import { journals } from "./ledger.ts";
import { amount, BASE, date, type Html, tag } from "./page-layout.ts";
import { showSale } from "./sale-document.ts";
import type { Cin7Switches } from "./switches.ts";
import type { Account, Json, Sale } from "./types.ts";

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const part = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {});

function contentTable(document: Json, withAccount: boolean): Html {
  const rows = [
    ...list(document["Lines"]),
    ...list(document["AdditionalCharges"]).map((row): Json => ({ ...row, SKU: "", Name: row["Description"] })),
  ];
  return html`<table>
<thead><tr><th>SKU</th><th>Name</th><th class="n">Quantity</th><th class="n">Price</th><th class="n">Discount</th><th>Tax rule</th><th class="n">Tax</th><th class="n">Total</th>${withAccount ? html`<th>Account</th>` : html`<th class="n">Backorder</th>`}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><td>${row["SKU"]}</td><td>${row["Name"]}${row["Comment"] ? html`<br><small>${row["Comment"]}</small>` : ""}</td><td class="n">${row["Quantity"]}</td><td class="n">${amount(row["Price"])}</td><td class="n">${row["Discount"]} %</td><td>${row["TaxRule"]}</td><td class="n">${amount(row["Tax"])}</td><td class="n">${amount(row["Total"])}</td>${withAccount ? html`<td>${row["Account"]}</td>` : html`<td class="n">${row["BackorderQuantity"] || ""}</td>`}</tr>`,
  )}
<tr><td colspan="6"><strong>Before tax ${amount(document["TotalBeforeTax"])}</strong></td><td class="n"><strong>${amount(document["Tax"])}</strong></td><td class="n"><strong>${amount(document["Total"])}</strong></td><td></td></tr></tbody></table>`;
}

const payments = (rows: Json[]): Html | string =>
  rows.length
    ? html`<table><thead><tr><th>Paid</th><th>Account</th><th>Reference</th><th class="n">Amount</th></tr></thead><tbody>${rows.map((row) => html`<tr><td>${date(row["DatePaid"])}</td><td>${row["Account"]}</td><td>${row["Reference"]}</td><td class="n">${amount(row["Amount"])}</td></tr>`)}</tbody></table>`
    : "";

const journal = (account: Account, sale: Sale): Html => {
  const entries = journals(account, sale.id);
  const name = (code: string) => account.chart.find((row) => row.Code === code)?.Name ?? "";
  if (entries.length === 0) return html`<p class="empty">Nothing posted.</p>`;
  return html`<table><thead><tr><th>Date</th><th>Cause</th><th>Reference</th><th>Account</th><th class="n">Debit</th><th class="n">Credit</th></tr></thead><tbody>${entries.flatMap(
    (entry) =>
      entry.lines.map(
        (line, index) =>
          html`<tr><td>${index ? "" : date(entry.date)}</td><td>${index ? "" : entry.kind}</td><td>${index ? "" : entry.reference}</td><td>${line.account} ${name(line.account)}</td><td class="n">${line.debit ? amount(line.debit) : ""}</td><td class="n">${line.credit ? amount(line.credit) : ""}</td></tr>`,
      ),
  )}</tbody></table>`;
};

const button = (to: string, label: string, kind = ""): Html =>
  html`<form class="inline" method="post" action="${to}"><button class="${kind}">${label}</button></form>`;

const facts = (pairs: [string, unknown][]): Html =>
  html`<dl>${pairs.filter(([, value]) => value !== "" && value !== null).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

function addressOf(value: unknown): string {
  const row = part(value);
  return [row["Contact"], row["Company"], row["DisplayAddressLine1"], row["DisplayAddressLine2"]].filter(Boolean).join(", ");
}

export function salePage(account: Account, sale: Sale, switches: Cin7Switches): Html {
  const shown = showSale(account, sale, switches);
  const order = part(shown["Order"]);
  const to = `${BASE}/${account.id}/sales/${sale.id}`;
  const head = html`<h1>${sale.number || "Sale without a number yet"} ${tag(shown["Status"])} <span class="tag">${sale.type}</span>
${sale.voided ? "" : html`<span class="actions">${button(`${to}/ship`, "Ship")}${button(`${to}/invoice`, "Invoice", "plain")}${button(`${to}/pay`, "Pay", "plain")}${button(`${to}/void`, "Void", "danger")}</span>`}</h1>`;
  const summary = html`<div class="grid"><section class="card"><h2>Sale</h2>${facts([
    ["Customer", shown["Customer"]],
    ["Reference", shown["CustomerReference"]],
    ["External ID", shown["ExternalID"]],
    ["Ordered", date(shown["SaleOrderDate"])],
    ["Location", shown["Location"]],
    ["Prices", shown["TaxCalculation"] === "Inclusive" ? "with tax" : "before tax"],
    ["Currency", `${shown["CustomerCurrency"]} at ${shown["CurrencyRate"]}`],
    ["Contact", [shown["Contact"], shown["Email"], shown["Phone"]].filter(Boolean).join(", ")],
    ["Ships to", addressOf(shown["ShippingAddress"])],
    ["Comments", shown["Note"]],
  ])}</section><section class="card"><h2>Stages</h2>${facts([
    ["Order", tag(order["Status"])],
    ["Picking", tag(shown["CombinedPickingStatus"])],
    ["Packing", tag(shown["CombinedPackingStatus"])],
    ["Shipping", tag(shown["CombinedShippingStatus"])],
    ["Invoice", tag(shown["CombinedInvoiceStatus"])],
    ["Payment", tag(shown["CombinedPaymentStatus"])],
    ["Tracking", shown["CombinedTrackingNumbers"]],
    ["Cost of goods", amount(shown["COGSAmount"])],
  ])}</section></div>`;
  const invoices = list(shown["Invoices"]).map(
    (row) =>
      html`<section class="card"><h2>Invoice ${row["InvoiceNumber"]} ${tag(row["Status"])} ${date(row["InvoiceDate"])}, due ${date(row["InvoiceDueDate"])}, paid ${amount(row["Paid"])}</h2>${row["Memo"] ? html`<p>${row["Memo"]}</p>` : ""}${contentTable(row, true)}${payments(list(row["Payments"]))}</section>`,
  );
  const notes = list(shown["CreditNotes"]).map(
    (row) =>
      html`<section class="card"><h2>Credit note ${row["CreditNoteNumber"]} ${tag(row["Status"])} ${date(row["CreditNoteDate"])} for ${row["CreditNoteInvoiceNumber"]}</h2>${row["Memo"] ? html`<p>${row["Memo"]}</p>` : ""}${contentTable(row, true)}${list(row["Restock"]).map((line) => html`<p>Back on the shelf: ${line["Quantity"]} × ${line["SKU"]}, ${line["Location"]}</p>`)}${payments(list(row["Refunds"]))}</section>`,
  );
  const tasks = sale.fulfilments.flatMap((task) =>
    task.ship.lines.map(
      (line) =>
        html`<tr><td>${task.number}</td><td>${date(line.ShipmentDate)}</td><td>${line.Carrier}</td><td>${line.Boxes}</td><td>${line.TrackingNumber}</td></tr>`,
    ),
  );
  return html`${head}${summary}
<section class="card"><h2>Order ${tag(order["Status"])}</h2>${sale.order.lines.length + sale.order.charges.length ? contentTable(order, false) : html`<p class="empty">No order yet.</p>`}</section>
${tasks.length ? html`<section class="card"><h2>Shipments</h2><table><thead><tr><th>Task</th><th>Date</th><th>Carrier</th><th>Boxes</th><th>Tracking</th></tr></thead><tbody>${tasks}</tbody></table></section>` : ""}
${invoices}${notes}
<section class="card"><h2>Journal entries</h2>${journal(account, sale)}</section>`;
}
