import { describe, expect, it } from "vitest";
import { invoice, line, order, type Shop, sale, start } from "./harness.ts";
import { HARBOUR } from "./index.ts";

const goods = { Lines: [line("TNT-1P", 1, 10, 1, 10)] };
const page = async (shop: Shop, path: string) => {
  const answer = await shop.cin7.pages.fetch(new Request(`http://x${path}`));
  return { status: answer.status, text: await answer.text() };
};

describe("the console", () => {
  it("shows companies, sales, one sale with its journal, stock, customers, ledger, webhooks and switches", async () => {
    const shop = start();
    const made = await sale(shop, { CustomerReference: "<b>1042</b>" });
    await order(shop, made.ID, goods);
    await invoice(shop, made.ID, goods);
    expect((await page(shop, "/")).text).toContain(HARBOUR.applicationKey);
    expect((await page(shop, `/${HARBOUR.accountId}/sales`)).text).toContain("&lt;b&gt;1042");
    const one = await page(shop, `/${HARBOUR.accountId}/sales/${made.ID}`);
    expect(one.text).toContain("610 Accounts Receivable");
    for (const tab of ["stock", "customers", "ledger", "webhooks", "switches"])
      expect((await page(shop, `/${HARBOUR.accountId}/${tab}`)).status).toBe(200);
  });

  it("ships by button and says so", async () => {
    const shop = start();
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    const press = await shop.cin7.pages.fetch(new Request(`http://x/${HARBOUR.accountId}/sales/${made.ID}/ship`, { method: "POST" }));
    expect([press.status, press.headers.get("location")]).toEqual([
      303,
      `/cin7-console/${HARBOUR.accountId}/sales/${made.ID}?done=Shipped.`,
    ]);
    expect((await shop.ok("GET", `/sale?ID=${made.ID}`)).CombinedShippingStatus).toBe("SHIPPED");
  });
});

describe("control verbs (design 7)", () => {
  it("invoice, pay, ship and void a sale as people do in Cin7", async () => {
    const shop = start();
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    expect((await shop.control(`/sales/${made.ID}/invoice`)).Status).toBeUndefined();
    expect((await shop.control(`/sales/${made.ID}/pay`, { account: "713" })).CombinedPaymentStatus).toBe("PAID");
    expect((await shop.control(`/sales/${made.ID}/ship`, { tracking: "33A", carrier: "Express" })).CombinedTrackingNumbers).toBe("33A");
    expect(await shop.control(`/sales/${made.ID}/void`)).toEqual({ error: "Sale can not be voided. Payments exist" });
  });

  it("rename and deprecate a location, deprecate a customer, add and end a tax rule, set switches", async () => {
    const shop = start();
    const places = (await shop.ok("GET", "/ref/location")).LocationList;
    const floor = places.find((row: { Name: string }) => row.Name === "Shop Floor");
    await shop.control(`/locations/${floor.ID}/rename`, { name: "Showroom" });
    expect((await shop.ok("GET", "/ref/productavailability?Location=Showroom&Limit=1")).Total).toBeGreaterThan(0);
    await shop.control(`/locations/${floor.ID}/deprecate`);
    expect(await shop.refused("POST", "/sale", { Customer: "Web customer", Location: "Showroom" })).toContain("deprecated");
    const ana = (await shop.ok("GET", "/customer?Name=Ana")).CustomerList[0];
    await shop.control(`/customers/${ana.ID}/deprecate`);
    expect((await shop.ok("GET", "/customer?Name=Ana")).Total).toBe(0);
    await shop.control("/tax-rules", { name: "GST 12", percent: 12 });
    await shop.control("/tax-rules", { name: "GST on Income", deactivate: true });
    const rules = (await shop.ok("GET", "/ref/tax?IsActive=true")).TaxRuleList.map((row: { Name: string }) => row.Name);
    expect([rules.includes("GST 12"), rules.includes("GST on Income")]).toEqual([true, false]);
    expect((await shop.control("/switches", { zeroPrice: "maybe" })).error).toContain("zeroPrice=maybe");
  });
});
