import { describe, expect, it } from "vitest";
import { daySaleOf } from "../../../../worker/daily-sales/rules/day-sale.ts";
import { sha256 } from "../../../../worker/lib/crypto.ts";
import type { KnownProduct, MappingInput, SaleDraft } from "../../../../worker/orders/mapping/sale-draft.ts";
import { toSale } from "../../../../worker/orders/mapping/to-sale.ts";
import { invoiceBody, orderBody, saleBody } from "../../../../worker/orders/sending/bodies.ts";
import type { SoldKept } from "../../../../worker/sales/kept.ts";
import { anInput, aSettings, ID } from "../../../harness/builders.ts";
import { drafted } from "../../../harness/sale.ts";
import { drawOrder, shopsOf } from "./any-shop.ts";
import { JOURNALS } from "./journals.ts";

/**
 * The request bodies of release 1d44b6e, byte for byte: what a frozen draft keeps for us never reaches Cin7 Core. A change of the
 * mapping that is meant changes these sums, in a commit of its own.
 */
const bodies = (draft: SaleDraft): string =>
  JSON.stringify([saleBody(draft, "customer"), orderBody(draft, "sale"), invoiceBody(draft, "sale", "task")]);

const dayOf = (drafts: readonly SaleDraft[]): SaleDraft =>
  daySaleOf({
    store: "demostore1",
    daySale: -202607010000001,
    stem: "day-20260701-1400:AUD:3f2a9c01",
    group: { day: "2026-07-01", end: "2026-07-01T14:00:00.000Z", currency: "AUD", place: "3f2a9c01", taxInclusive: false },
    settings: aSettings(),
    settingsVersion: 1,
    generation: 1,
    members: drafts.map((draft) => ({ draft, order: { id: draft.orderId, date_modified: "" } }) as unknown as SoldKept),
  }).draft;

const stores = shopsOf();
const settings = aSettings({
  currency: { rates: [] },
  customers: { perCurrency: ["USD", "JPY", "KWD"].map((currency) => ({ currency, customer: { id: ID(9), name: currency } })) },
});
const products = new Map(
  stores
    .flatMap((store) => Object.values(store.products).flatMap((p) => p.variants.map((v) => v.sku)))
    .map((sku, i): [string, KnownProduct] => [sku, { productId: ID(5000 + i), sku, name: sku, type: "Stock", revenueAccount: "200" }]),
);
function drawn(over: Partial<MappingInput>): SaleDraft[] {
  return Array.from({ length: 60 }, (_, i) => drawOrder(stores, 40_000 + i).snapshot).flatMap((snapshot) => {
    const store = { hash: "any1", timeZone: "Australia/Melbourne", currency: "AUD" };
    const mapped = toSale(anInput(snapshot, { settings, products, store, ...over }));
    return mapped.ok ? [mapped.value] : [];
  });
}
const refusing = { negativeChargesRefused: true, zeroPriceRefused: true };
const spread = { settings: { ...settings, charges: { ...settings.charges, spreadDiscounts: true, loadCouponCodes: false } } };

describe("request bodies are those of the landed release", () => {
  const journals = JOURNALS.map(({ spec, over }) => drafted(spec, over));
  const aud = (drafts: readonly SaleDraft[]) => drafts.filter((draft) => draft.currency === "AUD" && !draft.taxInclusive);
  it.each<[string, () => SaleDraft[], number, string]>([
    ["the journals", () => journals, 22, "fe7b4271a78150cf"],
    ["any orders", () => drawn({}), 60, "a2a8d90b699d5b21"],
    ["any orders, of an account that takes no negative charges", () => drawn(refusing), 60, "4dd4978214d352ab"],
    ["any orders, discounts in the line prices", () => drawn(spread), 60, "98b8dc3b4d526466"],
    [
      "the journals and any orders as daily sales",
      () => [dayOf(aud(journals)), dayOf(aud(drawn({}))), dayOf(aud(drawn(refusing)))],
      3,
      "81ccad40ea09552a",
    ],
  ])("%s", async (_, draftsOf, count, sum) => {
    const drafts = draftsOf();
    expect([drafts.length, (await sha256(drafts.map(bodies).join("\n"))).slice(0, 16)]).toEqual([count, sum]);
  });
});
