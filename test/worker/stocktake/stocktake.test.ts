import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LinkedContext } from "../../../worker/inbox/flow.ts";
import { tenantOf } from "../../../worker/lib/ids.ts";
import { isOpenAt, speaksOfStocktake } from "../../../worker/orders/stocktake-words.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { raise } from "../../../worker/problems/store.ts";
import { stocktakesOver } from "../../../worker/stocktake/lift-step.ts";
import { stocktakeAt, unlessStocktake } from "../../../worker/stocktake/wait-step.ts";
import { drafted, MUG } from "../../harness/sale.ts";
import { type Stage, stage } from "../../harness/stage.ts";
import { type Asked, context, linkedStore, ok, storedOrder } from "../reconcile/context.ts";

describe("the words of Cin7's refusal during a stocktake are read by fallbacks (M36, cin7-core.md 11.25)", () => {
  it.each([
    ["Sale Order can not be authorised. Stocktake is in progress at location 'Main Warehouse'", "yes"],
    ["Stock take ST-00007 must be completed first", "yes"],
    ["Invoice: stock count ST-00001 has not been completed", "yes"],
    ["Location 'Main Warehouse' is locked. Please try again later", "perhaps"],
    ["Stock is temporarily not available", "perhaps"],
    ["Sale Order must contain at least one line", "no"],
    ["Date cannot be on or before the lock date", "no"],
  ])("%s", (text, said) => expect(speaksOfStocktake(text)).toBe(said));

  it("open is everything that is not over, at this location only", () => {
    const row = (Location: string, Status: string) => [{ Location, Status }];
    expect(isOpenAt(row("main warehouse ", "DRAFT"), "Main Warehouse")).toBe(true);
    expect(isOpenAt(row("Main Warehouse", "In progress"), "Main Warehouse")).toBe(true);
    expect(isOpenAt(row("Main Warehouse", "COMPLETED"), "Main Warehouse")).toBe(false);
    expect(isOpenAt(row("East", "DRAFT"), "Main Warehouse")).toBe(false);
  });
});

describe("a stocktake keeps its location waiting with one problem and one look (M36)", () => {
  let s: Stage;
  const asked: Asked[] = [];
  const draft = drafted({ lines: [{ ...MUG, rate: "10" }] });
  const problem: Problem = { kind: "stocktake-open", location: draft.location };
  const refused = (message: string) => ({ is: "refused" as const, message });
  const with_ = (...rows: { Location: string; Status: string }[]): Promise<LinkedContext> =>
    context(s, (a) => {
      asked.push(a);
      return ok({ Total: rows.length, Page: 1, StockAdjustmentList: rows });
    });
  const open = { Location: draft.location, Status: "DRAFT" };
  beforeEach(async () => {
    s = stage();
    asked.length = 0;
    await linkedStore(s);
  });
  afterEach(() => vi.restoreAllMocks());

  it("a refusal that names the stocktake needs no call; one that does not costs one look at the list", async () => {
    const c = await with_(open);
    expect(await unlessStocktake(c, draft, refused("Stocktake is in progress"))).toEqual({ is: "problem", problem });
    expect(asked).toEqual([]);
    expect(await unlessStocktake(c, draft, refused("Location is locked"))).toEqual({ is: "problem", problem });
    expect(asked.map(({ path, query }) => [path, query?.["Status"]])).toEqual([["/stockTakeList", "DRAFT"]]);
  });

  it("where no stocktake is open Cin7's own words stay", async () => {
    expect(await unlessStocktake(await with_(), draft, refused("Location is locked"))).toEqual(refused("Location is locked"));
    const c = await with_({ ...open, Location: "Another place" });
    expect(await unlessStocktake(c, draft, refused("Location is locked"))).toEqual(refused("Location is locked"));
  });

  it("once raised, every other order of the location knows it without a call", async () => {
    const c = await with_(open);
    expect(await stocktakeAt(c, draft)).toBeNull();
    await raise(s.db, c.tenant, [problem], 7, new Date(s.state.now).toISOString());
    expect(await stocktakeAt(c, draft)).toEqual(problem);
    expect(await stocktakeAt(c, { ...draft, location: "Another place" })).toBeNull();
    expect(asked).toEqual([]);
  });

  it("while it is open nothing is woken; when it is over all that waited goes, what is sent already for its invoice", async () => {
    await storedOrder(s, 7, { state: "held" });
    await storedOrder(s, 8, { state: "sent" });
    let c = await with_(open);
    const at = new Date(s.state.now).toISOString();
    for (const id of [7, 8]) await raise(s.db, tenantOf(c.tenant.store, c.tenant.account, c.tenant.epoch), [problem], id, at);
    expect(await stocktakesOver(c)).toEqual({ next: [], clears: [] });
    expect(asked).toHaveLength(1);
    c = await with_();
    expect(await stocktakesOver(c)).toEqual({
      next: [
        { kind: "order.changed", orderId: 7 },
        { kind: "order.money", orderId: 8 },
      ],
      clears: [`stocktake-open:${draft.location.toLowerCase()}`],
    });
  });

  it("without such a problem the look costs no call", async () => {
    expect(await stocktakesOver(await with_(open))).toEqual({ next: [], clears: [] });
    expect(asked).toEqual([]);
  });
});
