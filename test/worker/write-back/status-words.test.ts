import { describe, expect, it } from "vitest";
import { noteWith, seenText, tellsOrders } from "../../../worker/write-back/status-words.ts";
import { ready } from "../../harness/api.ts";

describe("M45: what the order says in BigCommerce about its sale", () => {
  it("how far goods and money are, the furthest of each", () => {
    expect(seenText("SO-1", ["sale", "ordered", "picked", "shipped", "invoiced", "paid"])).toBe("SO-1: shipped, paid");
    expect(seenText("SO-1", ["sale", "ordered", "backordered", "invoiced", "part-paid"])).toBe("SO-1: waits for stock, part paid");
    expect(seenText("SO-1", ["sale", "ordered"])).toBe("SO-1: ordered");
    expect(seenText("SO-1", ["sale"])).toBe("SO-1: a draft");
  });
  it("a voided sale is nothing else, and without a number there is no sale to speak of", () => {
    expect(seenText("SO-1", ["sale", "ordered", "paid", "voided"])).toBe("SO-1: voided");
    expect(seenText(null, ["sale"])).toBeNull();
  });
});

describe("the staff notes keep what people wrote", () => {
  it("our line is put below it, changed where it stands, and left alone where it says so already", () => {
    expect(noteWith("Ring twice\n", "SO-1: ordered")).toBe("Ring twice\nCin7 Core sale SO-1: ordered");
    expect(noteWith("Above\nCin7 Core sale SO-1: ordered\nBelow", "SO-1: paid")).toBe("Above\nCin7 Core sale SO-1: paid\nBelow");
    expect(noteWith("Above\nCin7 Core sale SO-1: paid  ", "SO-1: paid")).toBeNull();
    expect(noteWith("", "SO-1: paid")).toBe("Cin7 Core sale SO-1: paid");
  });
});

it("F1: with both switches off no call is made for it", () => {
  const tells = (metafield: boolean, staffNote: boolean) => tellsOrders(ready((s) => void Object.assign(s.seen, { metafield, staffNote })));
  expect([tells(false, false), tells(true, false), tells(false, true)]).toEqual([false, true, true]);
});
