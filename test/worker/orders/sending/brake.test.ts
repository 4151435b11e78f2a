import { describe, expect, it } from "vitest";
import { type Differing, isBraked, waitsForBrake } from "../../../../worker/orders/sending/brake.ts";
import { until } from "../../../harness/until.ts";
import { changed, eachItsShop, inCin7, kinds, open, order, page, salesOf, settled, shop } from "../../first-run/shop.ts";

/** What makes every order differ stops all further ones, until one that somebody tries agrees (M1, M43). */
const NOW = Date.parse("2026-11-21T09:05:00Z");
const after = (n: number, account = "A"): Differing => ({
  account,
  orders: Array.from({ length: n }, (_, i) => i),
  at: new Date(NOW).toISOString(),
});
const at = (ms: number, pressed: boolean) => ({ pressed, now: NOW + ms, timeScale: 1 });

it.each([
  ["nothing differed", null, at(0, false), false],
  ["two in a row", after(2), at(0, false), false],
  ["three in a row", after(3), at(60_000, false), true],
  ["three in a row in an account of before", after(3, "B"), at(0, false), false],
  ["a person tries one", after(3), at(60_000, true), false],
  ["who presses for many at once tries the first of them", after(4), at(1_000, true), true],
])("%s", (_, differing, asked, waits) => {
  expect(waitsForBrake(differing, "A", asked)).toBe(waits);
});

it("is known for the account in which it was found", () => {
  expect([isBraked(after(3), "A"), isBraked(after(3), "B"), isBraked(null, "A")]).toEqual([true, false, false]);
});

describe("automatic discounts are on in Cin7 Core", () => {
  eachItsShop();
  const switched = (on: boolean) => shop.w.control("/switches", { automaticallyApplyDiscounts: on });
  const placed = async () => {
    const id = await order();
    await changed(id);
    return id;
  };
  /** Pressed again and again: who presses at once after a difference waits for some seconds. */
  const tried = (id: number) =>
    until(`order ${id} to be tried`, async () => {
      await changed(id, true);
      return !(await kinds(id)).includes("totals-differ");
    });

  it("after three orders in a row no further one is written; they wait for one problem, also after a lost answer, and go by themselves when one agrees", async () => {
    await open();
    await switched(true);
    const wrong = [await placed(), await placed(), await placed()];
    for (const id of wrong) expect(await kinds(id)).toEqual(["cin7-total-differs"]);
    // Looked at again they count once each, and are not written again.
    for (const id of wrong) await changed(id);
    const waiting = [await placed(), await placed()];
    for (const id of waiting) {
      expect(await kinds(id)).toEqual(["totals-differ"]);
      expect(await salesOf(id)).toEqual([]);
    }
    expect((await page(waiting[0] as number)).order.state).toBe("held");

    // Tried while it is still so: held with its own figures, the others wait on.
    const [first, second] = waiting as [number, number];
    await tried(first);
    expect(await kinds(first)).toEqual(["cin7-total-differs"]);
    await changed(second);
    expect(await kinds(second)).toEqual(["totals-differ"]);

    await switched(false);
    await inCin7(first, "void");
    await shop.w.control("/faults", [{ peer: "cin7", kind: "timeout-after", method: "POST", path: "/sale/order$", ms: 1, times: 1 }]);
    await until(`order ${first} to agree`, async () => {
      await changed(first, true);
      return (await page(first)).order.state === "sent";
    });
    await settled(second, ({ order: now }) => now.state === "sent");
    const third = await placed();
    expect((await page(third)).order.state).toBe("sent");
  });

  it("one that agrees in between begins the count anew", async () => {
    await open();
    await switched(true);
    await placed();
    await placed();
    await switched(false);
    expect((await page(await placed())).order.state).toBe("sent");
    await switched(true);
    expect(await kinds(await placed())).toEqual(["cin7-total-differs"]);
    expect(await kinds(await placed())).toEqual(["cin7-total-differs"]);
  });
});
