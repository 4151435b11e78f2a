import { describe, expect, it } from "vitest";
import { orderStep, saleStep } from "../../../../worker/orders/marks.ts";
import { begunOf, underHeader } from "../../../../worker/orders/sending/progress.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

describe("design 3.4: how much of an order may be in Cin7 is told by its claims", () => {
  const claimed = (answers: Record<string, unknown>) =>
    begunOf({ of: (step: string) => (step in answers ? ({ answer: answers[step] } as never) : null) }, 7, 1);
  const [sale, order] = [saleStep(7, 1), orderStep(7, 1)];

  it("no claim of its sale: nothing", () => expect(claimed({ [saleStep(7, 2)]: {} })).toBe("nothing"));
  it("the sale is answered and its order was never begun: the header alone", () =>
    expect(claimed({ [sale]: { saleId: "s" } })).toBe("sale"));
  it("nobody knows what became of the sale, or its order was begun: the frozen draft goes to its end", () => {
    expect(claimed({ [sale]: null })).toBe("order");
    expect(claimed({ [sale]: { saleId: "s" }, [order]: null })).toBe("order");
  });
});

describe("an order that is mapped anew under the header that its sale has already", () => {
  const sent = drafted({ lines: [MUG] });
  const anew = {
    ...drafted({ lines: [MUG, { sku: "TEE", ex: "5.00", inc: "5.50" }] }),
    rate: "2",
    orderDate: "2027-01-01",
    location: "Elsewhere",
  };

  it("takes lines, charges and totals from today, customer, location, days and rate from what was sent", () => {
    const under = underHeader(sent, anew);
    expect(under).toMatchObject({ lines: anew.lines, totals: anew.totals, settingsVersion: anew.settingsVersion });
    expect(under).toMatchObject({
      rate: sent.rate,
      orderDate: sent.orderDate,
      location: sent.location,
      party: sent.party,
      mark: sent.mark,
    });
  });

  it("does not fit where currency or the basis of tax are other ones now", () => {
    expect(underHeader(sent, { ...anew, currency: "USD" })).toBeNull();
    expect(underHeader(sent, { ...anew, taxInclusive: !sent.taxInclusive })).toBeNull();
  });
});
