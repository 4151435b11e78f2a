import { describe, expect, it } from "vitest";
import { cancelledWords, type Keeps } from "../../../../worker/orders/changes/cancelled-words.ts";

/** What people read of a cancelled order whose sale stays; every text whole stands in texts.txt. */
const PAID = { currency: "AUD", invoiced: "37.40", paid: "37.40" };
const of = (keeps: Partial<Keeps> & Pick<Keeps, "why">) =>
  cancelledWords({ orderId: 1042, saleNumber: "SO-7", keeps: { ...PAID, ...keeps } });

describe("a cancelled order whose sale stays", () => {
  it("goods that have not left must not leave, whatever it is that keeps the sale; of those that have left nobody says so", () => {
    const all = ["packed", "picked", "credited", "paid-by-others", "not-given-back", "locked", "refused"] as const;
    for (const why of all) expect(of({ why }).title, why).toMatch(/^Do not ship SO-7: order 1042 was cancelled/);
    expect(of({ why: "shipped" }).title).toBe("Goods of SO-7 have left, and order 1042 was cancelled in BigCommerce.");
  });
  it("what is to be entered has its figures (J13), and a refund only where something is paid", () => {
    const locked = of({ why: "locked", lockedTo: "2025-10-31" }).text;
    expect(locked).toContain("Books are locked up to 31 Oct 2025");
    expect(locked).toContain("a credit note of 37.40 AUD for the whole order, without restock, and a refund of 37.40 AUD");
    expect(of({ why: "locked", lockedTo: "2025-10-31", paid: "" }).text).not.toContain("a refund of");
  });
  it("payments that we deleted before Cin7 refused are named", () => {
    expect(of({ why: "refused", says: "Not today", paid: "", takenBack: "37.40" }).text).toContain(
      '"Not today". Our payments of 37.40 AUD are deleted there already.',
    );
  });
  it("where somebody can put it right it can be looked at again; locked books cannot", () => {
    const again = (why: Keeps["why"]) => of({ why, lockedTo: "2025-10-31" }).remedies?.[0];
    expect(again("picked")).toEqual({ label: "Look again", action: "process", orderId: 1042 });
    expect(again("locked")).toBeUndefined();
  });
});
