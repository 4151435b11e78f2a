import { describe, expect, it } from "vitest";
import type { PaymentRow } from "../../../worker/orders/payments-store.ts";
import type { OrderRow } from "../../../worker/orders/store.ts";
import { documentsFrom } from "../../../worker/sales/older-release.ts";
import { stagesOf } from "../../../worker/sales/stages.ts";
import { drafted, MUG } from "../../harness/sale.ts";

/** What an order's row of the landed release says is in Cin7, as documents. */
const row = (more: Partial<OrderRow> = {}) =>
  ({
    orderId: 7,
    state: "sent",
    saleId: "s-7",
    saleNumber: "SO-7",
    stages: "sale",
    invoiceTaskId: null,
    invoiceNumber: null,
    waitsFor: "",
    daySale: null,
    ...more,
  }) as OrderRow;
const draft = drafted({ lines: [MUG] });
const paid = { state: "posted", mark: "ls:7:1", cin7PaymentId: "p-1", amount: "11.00" } as PaymentRow;
const said = (of: OrderRow, payments: PaymentRow[] = [], service = false, from = draft) =>
  documentsFrom(of, from, payments, service).map(({ kind, state, number, mark }) => [kind, state, number, mark].filter(Boolean).join(" "));

describe("documents of an order as the landed release knew it", () => {
  it.each<[string, OrderRow, string[]]>([
    ["nothing is in Cin7", row({ saleId: null }), []],
    ["its sale alone", row(), ["sale open SO-7"]],
    ["void", row({ stages: "sale,ordered,voided" }), ["sale void SO-7", "order authorised SO-7"]],
    ["backordered", row({ stages: "sale,ordered,backordered" }), ["sale open SO-7", "order backordered SO-7"]],
    [
      "shipped, and its invoice waits for that",
      row({ stages: "sale,ordered,picked,packed,shipped", waitsFor: "invoice" }),
      ["sale open SO-7", "order authorised SO-7", "fulfilment shipped", "invoice waits"],
    ],
    [
      "its invoice a draft",
      row({ stages: "sale,ordered,invoice-draft", invoiceTaskId: "t", invoiceNumber: "INV-7" }),
      ["sale open SO-7", "order authorised SO-7", "invoice draft INV-7"],
    ],
    ["an order of a daily sale has none of its own", row({ stages: "sale,ordered", daySale: -202607022200001 }), []],
    ["the daily sale has", row({ orderId: -202607022200001, stages: "sale,ordered" }), ["sale open SO-7", "order authorised SO-7"]],
  ])("%s", (_, of, wanted) => {
    expect(said(of)).toEqual(wanted);
  });
  it("payments that are in Cin7, each by its mark; one that waits is none", () => {
    const of = row({ stages: "sale,ordered,invoiced,paid", invoiceTaskId: "t", invoiceNumber: "INV-7" });
    const waits = { ...paid, state: "waits", mark: "ls:7:2" } as PaymentRow;
    expect(said(of, [paid, waits])).toEqual(["sale open SO-7", "order authorised SO-7", "invoice paid INV-7", "payment posted ls:7:1"]);
    expect(documentsFrom(of, draft, [paid], false).at(-1)).toMatchObject({ cin7Id: "p-1", total: "11.00" });
  });
  it("a Service sale has no order; a draft order has one that is not authorised", () => {
    expect(said(row({ stages: "sale,ordered" }), [], true)).toEqual(["sale open SO-7", "order none"]);
    const asDraft = { ...draft, order: { status: "draft" as const, fulfil: "none" as const } };
    expect(said(row(), [], false, asDraft)).toEqual(["sale open SO-7", "order draft SO-7"]);
  });
  it("show the stages that the order shows", () => {
    for (const stages of [
      "sale",
      "sale,ordered",
      "sale,ordered,backordered",
      "sale,ordered,picked,invoiced,paid",
      "sale,ordered,invoice-draft",
    ])
      expect(stagesOf(documentsFrom(row({ stages }), draft, [], false))).toBe(stages);
  });
});
