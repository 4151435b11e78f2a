import { beforeEach, describe, expect, it } from "vitest";
import type { ApiFailure, Connected } from "../../../scripts/connect.ts";
import { openPanel } from "../../../scripts/connect.ts";
import type { AttentionList, Cin7Takes } from "../../../worker/contract/index.ts";
import { until } from "../../harness/until.ts";
import { PLACE, type World, world } from "../../harness/world.ts";

/** Decision 1.13: the test sale that finds out what the account takes. */
let w: World;
let c: Connected;
beforeEach(() => {
  w = world();
});

// biome-ignore lint/suspicious/noExplicitAny: the twin's sales, judged by their content
type Any = any;
const at = (path: string) => `/api/stores/${c.store}${path}`;
const sales = (): Any[] => Object.values((w.twins.cin7.state() as Any).accounts[c.account].sales);
const writes = () =>
  w.twins.world.trace
    .all()
    .filter((e) => e.peer === "cin7" && e.method !== "GET")
    .map((e) => `${e.method} ${new URL(e.url, "http://x").pathname.replace(/^.*\/ExternalApi\/v2/, "")}`);
const takes = () => c.panel<Cin7Takes>("GET", at("/takes"));
const status = async (promise: Promise<unknown>) =>
  promise.then(
    () => 200,
    (error: ApiFailure) => error.status,
  );
async function tried(): Promise<Cin7Takes> {
  w.twins.world.trace.clear();
  await c.panel("POST", at("/takes/trial"), {});
  return ended();
}
const ended = () =>
  until("the test sale to end", async () => {
    await w.run(c.store, []);
    const now = await takes();
    return now.trial?.endedAt ? now : null;
  });

/** Two minutes, in the twenty times faster world of the tests. */
const QUIET_MS = 6000;

describe("the test sale (decision 1.13, M2, M18)", () => {
  it("nothing is written before somebody agrees; then one draft order, asked twice, voided at once, remembered", async () => {
    c = await w.connect();
    expect(await takes()).toEqual({ negativeCharges: "", zeroPrice: "", trial: null, missing: [] });
    expect(sales()).toEqual([]);
    const staff = await openPanel(PLACE, c.store, "launch", { userId: 4103 });
    expect(await status(staff("POST", at("/takes/trial"), {}))).toBe(403);

    const after = await tried();
    expect(after).toMatchObject({ negativeCharges: "accepted", zeroPrice: "accepted" });
    expect(after.trial?.note).toMatch(/^Cin7 Core takes negative charges.*It takes prices of 0\. The test sale.* is void\.$/);
    expect(writes()).toEqual(["POST /sale", "POST /sale/order", "POST /sale/order", "DELETE /sale"]);
    expect(sales()).toMatchObject([{ Status: "VOIDED", CustomerReference: "Lockstep test" }]);
    expect(sales()[0].ExternalID).toMatch(new RegExp(`^ls:${c.store}:trial-\\d{17}$`));
  });

  it("what is refused is remembered for the orders: a coupon lowers prices at its first try; forgotten, the next one is tried as a charge", async () => {
    c = await w.connect();
    await w.control("/switches", { negativeCharges: "refuse" });
    expect(await tried()).toMatchObject({ negativeCharges: "refused", zeroPrice: "accepted" });
    expect(sales()).toMatchObject([{ Status: "VOIDED" }]);
    const order = async () => {
      const id = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }], coupon: "TAKE5", shipping: 9 });
      w.twins.world.trace.clear();
      await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
      const sale = sales().find((each) => each.ExternalID === `ls:${c.store}:${id}:g1`);
      return { orders: writes().filter((call) => call === "POST /sale/order").length, sale };
    };
    const first = await order();
    expect(first.orders).toBe(1);
    expect(first.sale.Order.AdditionalCharges.filter((row: Any) => row.Price < 0)).toEqual([]);

    await w.control("/switches", { negativeCharges: "accept" });
    expect(await c.panel("POST", at("/takes/forget"), { what: "negative-charges" })).toMatchObject({ negativeCharges: "" });
    const second = await order();
    expect(second.sale.Order.AdditionalCharges.filter((row: Any) => row.Price < 0)).toHaveLength(1);
  });

  it("exactly once: two presses are one sale, and an answer that did not arrive is looked for before anything is written again", async () => {
    c = await w.connect();
    await w.control("/faults", [{ peer: "cin7", method: "POST", path: "/sale", kind: "timeout-after", times: 1 }]);
    const presses = await Promise.all([1, 2].map(() => status(c.panel("POST", at("/takes/trial"), {}))));
    expect(presses.sort()).toEqual([200, 409]);
    expect((await ended()).negativeCharges).toBe("accepted");
    expect(sales()).toMatchObject([{ Status: "VOIDED" }]);
  });

  it("a void that was not answered is not asked for again before the quiet time is over (design 3.2)", async () => {
    c = await w.connect();
    await w.control("/faults", [{ peer: "cin7", method: "DELETE", path: "/sale", kind: "status", status: 503, times: 1 }]);
    await tried();
    const voids = w.twins.world.trace.all().filter((call) => call.method === "DELETE" && call.url.includes("/ExternalApi/v2/sale?"));
    const [first, second] = voids.map((call) => Date.parse(call.at));
    expect([voids.length, Number(second) - Number(first) >= QUIET_MS]).toEqual([2, true]);
    expect(sales()).toMatchObject([{ Status: "VOIDED" }]);
  });

  it("a sale that Cin7 will not void is told by its number, and what was found counts all the same", async () => {
    c = await w.connect();
    await w.control("/faults", [
      { peer: "cin7", method: "DELETE", path: "/sale", kind: "refuse", text: "Sale can not be voided.", times: 1 },
    ]);
    const after = await tried();
    expect(after).toMatchObject({ negativeCharges: "accepted", trial: { note: expect.stringContaining("did not void the test sale") } });
    const { rows } = await c.panel<AttentionList>("GET", at("/attention"));
    expect(rows.filter((row) => row.kind === "test-sale-left")).toMatchObject([
      { kind: "test-sale-left", holds: false, title: expect.stringContaining("is still open in Cin7 Core") },
    ]);
  });

  it("says what Setup lacks, and makes nothing", async () => {
    c = await w.connect({
      change: (settings) => {
        settings.orders.on = false;
        delete settings.charges.items.discount;
      },
    });
    expect((await takes()).missing).toEqual(["Charge item for discounts"]);
    expect(await status(c.panel("POST", at("/takes/trial"), {}))).toBe(422);
    expect(sales()).toEqual([]);
  });
});
