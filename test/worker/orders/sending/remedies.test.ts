import { describe, expect, it } from "vitest";
import type { AttentionList, SettingsReply } from "../../../../worker/contract/index.ts";
import {
  api,
  at,
  books,
  changed,
  eachItsShop,
  edit,
  FORM,
  inCin7,
  kinds,
  open,
  order,
  page,
  refuse,
  saleOf,
  salesOf,
  save,
  settled,
  shop,
} from "../../first-run/shop.ts";

/** Each text says a way out: these tests go it, with the real Worker on both twins (design 9, M11, M12, M27). */
eachItsShop();

describe("what Cin7 refuses for a name or an ID of yesterday", () => {
  it("a renamed location and a renamed charge item: Setup follows by ID, and the order goes by itself", async () => {
    await open();
    const before = shop.c.settings.location.salesShipFrom as { id: string; name: string };
    await shop.w.control(`/cin7/${shop.c.account}/locations/${before.id}/rename`, { name: "Melbourne" });
    const first = await order();
    await changed(first);
    const sent = await settled(first, (p) => p.order.stages.includes("paid"));
    expect(sent.order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect(await saleOf(first)).toMatchObject({ Location: "Melbourne" });
    const { rows } = await shop.c.panel<AttentionList>("GET", at("/attention"));
    expect(rows.filter((row) => row.kind === "setting-renamed").map((row) => row.title)).toEqual([
      `Cin7 Core now calls "${before.name}" "Melbourne".`,
    ]);

    const { productId } = shop.c.settings.charges.items.shipping as { productId: string };
    await api("PUT", "/product", { ID: productId, Name: "Freight" });
    const second = await order();
    await changed(second);
    const done = await settled(second, (p) => p.order.stages.includes("paid"));
    expect(done.order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect((await saleOf(second)).Order.AdditionalCharges.map((charge) => charge.Description)).toEqual(["Freight"]);
    expect(await salesOf(second)).toHaveLength(1);
  });

  it("a known shopper whose customer was deprecated gets another one (M27)", async () => {
    await open();
    await shop.w.control("/switches", { deprecatedCustomer: "refuse" });
    const shopper = { ...FORM, billing: { email: "ana.k@example.org", first_name: "Ana", last_name: "Keller" } };
    const first = await order(shopper);
    await changed(first);
    const { Customer } = await saleOf(first);
    const known = Object.values((await books()).customers).find((row) => row.Name === Customer) as { ID: string };
    await shop.w.control(`/cin7/${shop.c.account}/customers/${known.ID}/deprecate`);
    const [second, third] = [await order(shopper), await order(shopper)];
    await changed(second);
    expect((await page(second)).order.state).toBe("sent");
    await changed(third);
    const [a, b] = [(await saleOf(second)).Customer, (await saleOf(third)).Customer];
    expect([a !== Customer, a === b]).toEqual([true, true]);
    expect((await page(third)).attempts.filter((x) => x.outcome === "refused")).toEqual([]);
  });
});

describe("ways out of a total that differs or a refused order (M1)", () => {
  it("an order document that was refused is mapped anew by today's Setup, on the same sale", async () => {
    await open();
    const id = await order();
    await refuse("/sale/order", "Tax rule is not allowed here");
    await changed(id);
    expect(await kinds(id)).toEqual(["cin7-refused"]);
    await save((s) => void Object.assign(s.invoice, { revenueAccount: "200" }));
    await changed(id);
    const after = await page(id);
    expect(after.order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect(after.mapped?.settingsVersion).toBe((await shop.c.panel<SettingsReply>("GET", at("/settings"))).version);
    expect((await salesOf(id)).map((s) => s.ExternalID.split(":").at(-1))).toEqual(["g1"]);
  });

  it("a draft order that somebody changed: void the sale, process the order, and it is created and paid again", async () => {
    await open({ change: (s) => void Object.assign(s.sale, { status: "draft" }) });
    const id = await order();
    await changed(id);
    const { ID } = await saleOf(id);
    await edit(ID, 1);
    await shop.w.run(shop.c.store, [{ kind: "order.money", orderId: id }]);
    expect(await kinds(id)).toEqual(["cin7-total-differs"]);
    expect((await page(id)).problems[0]?.text).toMatch(/Void the sale there; then process the order: the sale is created again/);
    await save((s) => void Object.assign(s.sale, { status: "authorised" }));
    await inCin7(id, "void");
    await changed(id, true);
    const after = await page(id);
    expect(after.order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect(after.problems).toEqual([]);
    expect((await salesOf(id)).map((s) => s.Status === "VOIDED")).toEqual([true, false]);
  });

  it("an invoice of another total: corrected in Cin7 it is compared again and paid", async () => {
    await open({ change: (s) => void Object.assign(s.invoice, { status: "draft" }) });
    const id = await order();
    await changed(id);
    const { ID } = await saleOf(id);
    const invoice = await api("GET", `/sale/invoice?SaleID=${ID}`);
    const [{ TaskID, Lines }] = invoice["Invoices"] as [{ TaskID: string; Lines: Record<string, number>[] }];
    const wrong = Lines.map((line) => ({ ...line, Price: 1, Total: line["Quantity"] as number, Tax: 0.2 }));
    await api("PUT", "/sale/invoice", { SaleID: ID, TaskID, Lines: wrong });
    await inCin7(id, "invoice");
    await shop.w.run(shop.c.store, [{ kind: "order.money", orderId: id }]);
    expect(await kinds(id)).toEqual(["cin7-total-differs"]);
    expect((await page(id)).problems[0]?.text).toMatch(/Correct the invoice there, or void the sale; then process the order/);
    // Corrected: undone, put right, authorised again.
    await api("DELETE", `/sale?ID=${ID}&Void=false`);
    const order_ = await api("GET", `/sale/order?SaleID=${ID}`);
    await api("POST", "/sale/order", {
      SaleID: ID,
      Memo: "",
      Status: "AUTHORISED",
      Lines: order_["Lines"],
      AdditionalCharges: order_["AdditionalCharges"],
    });
    await api("PUT", "/sale/invoice", { SaleID: ID, TaskID, Lines });
    await inCin7(id, "invoice");
    await changed(id, true);
    const after = await page(id);
    expect(after.problems).toEqual([]);
    expect(after.order.stages).toContain("paid");
  });

  it("a paid sale that was voided by mistake: Process creates it again with its payment", async () => {
    await open();
    const id = await order();
    await changed(id);
    await shop.w.control("/switches", { undoWithPayments: "accept" });
    await inCin7(id, "void");
    await shop.w.run(shop.c.store, [{ kind: "sale.check", orderId: id }]);
    await changed(id, true);
    const living = (await salesOf(id)).filter((s) => s.Status !== "VOIDED");
    expect(living.map((s) => s.ExternalID)).toEqual([`ls:${shop.c.store}:${id}:g2`]);
    expect(living.map((s) => s.Invoices[0]?.Payments.length)).toEqual([1]);
    expect((await page(id)).order.stages).toEqual(expect.arrayContaining(["invoiced", "paid"]));
  });
});

describe("invoices that somebody else makes, and when they are due", () => {
  it("no invoice: the payment waits, is listed, and follows the invoice that is made in Cin7 (M11, F117)", async () => {
    await open({ change: (s) => void Object.assign(s.invoice, { status: "none" }) });
    const id = await order();
    await changed(id);
    expect((await page(id)).payments).toMatchObject([{ state: "waits", why: expect.stringContaining("invoice to be made") }]);
    await inCin7(id, "invoice");
    await shop.w.run(shop.c.store, [{ kind: "order.money", orderId: id }]);
    expect((await page(id)).payments).toMatchObject([{ state: "posted" }]);
    expect((await saleOf(id)).Invoices.map((i) => [i.Status, i.Payments.length])).toEqual([["PAID", 1]]);
  });

  it("what is not paid yet is due by the customer's terms, what is paid at once (M12), and the trial shows the same day", async () => {
    await open({
      change: (s) => {
        s.orders.captureWhen = "created";
        s.customers.guests = "default-customer";
      },
    });
    const customer = shop.c.settings.customers.defaultCustomer as { id: string };
    await api("PUT", "/customer", { ID: customer.id, PaymentTerm: "30 days" });
    const open_ = await order({ ...FORM, paymentMethod: "Bank Deposit", statusId: 7, billing: { email: "new.a@example.org" } });
    const paid = await order({ ...FORM, billing: { email: "new.b@example.org" } });
    const trial = await shop.c.panel<{ orders: { id: number; bodies: { path: string; body: string }[] }[] }>("POST", at("/trial"), {
      ids: [open_],
    });
    const shown = trial.orders[0]?.bodies.find((b) => b.path === "/sale/invoice")?.body ?? "{}";
    await changed(open_);
    await changed(paid);
    const days = async (id: number) => {
      const invoice = (await saleOf(id)).Invoices[0];
      return (Date.parse(invoice?.InvoiceDueDate ?? "") - Date.parse(invoice?.InvoiceDate ?? "")) / 86_400_000;
    };
    expect([await days(open_), await days(paid)]).toEqual([30, 0]);
    expect((JSON.parse(shown) as { InvoiceDueDate: string }).InvoiceDueDate).toContain(
      (await saleOf(open_)).Invoices[0]?.InvoiceDueDate.slice(0, 10),
    );
  });
});

describe("money of a gateway in test mode (M20)", () => {
  it("holds the order whatever its method is called; Process sends it; real money is read once", async () => {
    await open();
    const [tested, real] = [await order(), await order()];
    const stores = shop.w.twins.bigcommerce.state().stores as unknown as Record<
      string,
      { orders: Record<string, { transactions: { test: boolean }[] }> }
    >;
    for (const row of stores[shop.c.store]?.orders[tested]?.transactions ?? []) row.test = true;
    await changed(tested);
    expect(await kinds(tested)).toEqual(["test-payment"]);
    expect(await salesOf(tested)).toEqual([]);
    await changed(tested, true);
    expect((await page(tested)).order.state).toBe("sent");
    await changed(real);
    const after = await page(real);
    expect(after.order.stages).toContain("paid");
    expect(after.attempts.filter((a) => a.side === "BigCommerce" && a.path.includes("/transactions"))).toHaveLength(1);
  });
});
