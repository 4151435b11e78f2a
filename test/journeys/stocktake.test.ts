import { beforeAll, describe, expect, it } from "vitest";
import type { Connected } from "../../scripts/connect.ts";
import { until } from "../harness/until.ts";
import { attention, booksOf, faults, heldPage, judge, pageWhen, placeAll, salesFor } from "./judge.ts";
import { exclusiveShop } from "./setups.ts";
import { control, journey } from "./stack.ts";

/** A stocktake in the middle of trading (M36): its location waits as one, and goes on by itself. */
const place = journey(import.meta.filename);
let c: Connected;
let location: string;
beforeAll(async () => {
  c = await exclusiveShop(place);
  location = c.settings.location.salesShipFrom?.name as string;
});

const LINE = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], shipping: "9.95" };
const stocktake = (body: unknown) => control(place.twins, `/cin7/${c.account}/stocktake`, { location, ...(body as object) });
type Exchange = { method: string; url: string };
const trace = async (): Promise<Exchange[]> =>
  (await (await fetch(`${place.twins}/control/trace`)).text())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Exchange);
const called = async (method: string, path: RegExp) =>
  (await trace()).filter((each) => each.method === method && path.test(each.url)).length;
const open = async () => (await attention(c.panel, c.store)).filter((row) => row.kind === "stocktake-open");
/** Told of the order again: it is read and sent on its way once more. */
async function toldAgain(id: number) {
  const path = new RegExp(`/orders/${id}\\?`);
  const reads = await called("GET", path);
  await control(place.twins, `/bigcommerce/${c.store}/orders/${id}/status`, { statusId: 9 });
  await until("the order to be read again", async () => (await called("GET", path)) > reads);
  await heldPage(c, id);
}
/** The sweep is the look: 5 minutes and a tenth, scaled. */
const aLook = async () => {
  const looks = await called("GET", /stockTakeList/);
  await until("a look at the stocktakes", async () => (await called("GET", /stockTakeList/)) > looks);
};

describe("orders of a location under stocktake", () => {
  it.each(["named", "counted", "locked"])(
    "%s: one problem for all, one refused call, and all go when it is over",
    async (stocktakeWords) => {
      await control(place.twins, "/switches", { stocktakeWords });
      await stocktake({ open: true });
      const [first] = await placeAll(place, c.store, [LINE]);
      await heldPage(c, first?.id as number);
      const before = await called("POST", /\/sale\/order$/);
      await toldAgain(first?.id as number);
      const others = await placeAll(place, c.store, [LINE, LINE, LINE]);
      for (const { id } of others) await heldPage(c, id);
      const ids = [first, ...others].map((order) => order?.id as number);
      expect(await open()).toMatchObject([{ orderCount: 4, orders: ids, holds: true, title: expect.stringContaining(location) }]);
      // A look has passed: nothing was asked in vain, nothing was let go.
      if (stocktakeWords === "named") await aLook();
      expect(await called("POST", /\/sale\/order$/)).toBe(before);
      expect(salesFor(await booksOf(place, c.account), c.store, ids[1] as number)).toEqual([]);
      await stocktake({ complete: true });
      for (const id of ids) await judge(place, c, id);
      expect(await open()).toEqual([]);
    },
  );
});

describe("an invoice of a location under stocktake", () => {
  it("waits with its payment listed, and is written once when the stocktake is over", async () => {
    await control(place.twins, "/switches", { stocktakeWords: "named" });
    await faults(place, [{ peer: "cin7", kind: "status", status: 503, text: "busy", method: "POST", path: "/sale/invoice$" }]);
    const [order] = await placeAll(place, c.store, [LINE]);
    const id = order?.id as number;
    await pageWhen(c, id, "to be authorised, its invoice tried in vain", (p) => p.attempts.some((a) => a.step === "Write the invoice"));
    await stocktake({ open: true });
    await faults(place, []);
    const page = await pageWhen(c, id, "to wait", (p) => p.problems.some((each) => each.kind === "stocktake-open"));
    expect(page.payments).toMatchObject([{ state: "waits", why: expect.stringContaining("stocktake") }]);
    expect(page.order.state).toBe("sent");
    await stocktake({ complete: true });
    await judge(place, c, id);
    expect(await open()).toEqual([]);
  });
});
