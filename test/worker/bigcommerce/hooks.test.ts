import { describe, expect, it } from "vitest";
import { diffHooks, HOOK_SCOPES, type Hook, readHook, readHooks } from "../../../worker/bigcommerce/hooks.ts";

const HERE = "https://app.test/webhooks/bigcommerce";
const wanted = { scopes: ["store/order/created", "store/order/updated"], destination: HERE, secret: "s3cret" };
const hook = (id: number, over: Partial<Hook> = {}): Hook => ({
  id,
  scope: "store/order/created",
  destination: HERE,
  is_active: true,
  headers: { "x-lockstep-secret": "s3cret" },
  ...over,
});
const other = hook(2, { scope: "store/order/updated" });

describe("every needed scope, once (facts 3.1)", () => {
  it.each<[string, Hook[], ReturnType<typeof diffHooks>]>([
    ["nothing there: all are created", [], { create: wanted.scopes, update: [], remove: [] }],
    ["all there: nothing to do", [hook(1), other], { create: [], update: [], remove: [] }],
    [
      "switched off after failures: switched on",
      [hook(1, { is_active: false }), other],
      { create: [], update: [{ id: 1, scope: "store/order/created" }], remove: [] },
    ],
    [
      "another secret: repaired",
      [hook(1, { headers: { "X-Lockstep-Secret": "old" } }), other],
      { create: [], update: [{ id: 1, scope: "store/order/created" }], remove: [] },
    ],
    [
      "no headers: repaired",
      [hook(1, { headers: null }), other],
      { create: [], update: [{ id: 1, scope: "store/order/created" }], remove: [] },
    ],
    [
      "the app moved: its address is repaired",
      [hook(1, { destination: "https://old.test/webhooks/bigcommerce" }), other],
      { create: [], update: [{ id: 1, scope: "store/order/created" }], remove: [] },
    ],
    [
      "twice, one of them old: the good one stays",
      [hook(1, { destination: "https://old.test/w" }), hook(3), other],
      { create: [], update: [], remove: [1] },
    ],
    ["twice the same: the older one stays", [hook(3), hook(1), other], { create: [], update: [], remove: [3] }],
    [
      "a scope that is no longer needed goes",
      [hook(1), other, hook(9, { scope: "store/order/*" })],
      { create: [], update: [], remove: [9] },
    ],
    [
      "another tool's webhook of the same API account is not touched",
      [hook(1), other, hook(9, { destination: "https://tool.test/x", headers: null })],
      { create: [], update: [], remove: [] },
    ],
    [
      "another tool's webhook for a needed scope does not count",
      [hook(9, { destination: "https://tool.test/x", headers: { a: "b" } }), other],
      { create: ["store/order/created"], update: [], remove: [] },
    ],
  ])("%s", (_, existing, changes) => {
    expect(diffHooks(existing, wanted)).toEqual(changes);
  });

  it("applied to the result of itself it changes nothing", () => {
    const made = HOOK_SCOPES.map((scope, i) => hook(i + 1, { scope }));
    expect(diffHooks(made, { ...wanted, scopes: HOOK_SCOPES })).toEqual({ create: [], update: [], remove: [] });
    expect(new Set(HOOK_SCOPES).size).toBe(HOOK_SCOPES.length);
  });

  it("answers are read inside data and bare", () => {
    expect(readHook({ data: hook(1), meta: {} })?.id).toBe(1);
    expect(readHook(hook(1))?.id).toBe(1);
    expect(readHook({ id: "x" })).toBeNull();
    expect(readHooks({ data: [hook(1)], meta: { pagination: { total_pages: 2 } } })).toMatchObject({ pages: 2 });
    expect(readHooks({ data: "no" })).toBeNull();
  });
});
