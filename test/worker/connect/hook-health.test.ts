import { expect, it } from "vitest";
import type { Hook } from "../../../worker/bigcommerce/hooks.ts";
import { healthOf } from "../../../worker/connect/hook-health.ts";

const hook = (id: number, scope: string, active: boolean) =>
  ({ id, scope, destination: "https://app.test/webhooks/bigcommerce", is_active: active, headers: null }) as unknown as Hook;
const unchanged = { create: [], update: [], remove: [] };
const admin = (over: object) => ({ deactivated: [], blocked: [], ...over }) as unknown as Parameters<typeof healthOf>[0];
const texts = (...given: Parameters<typeof healthOf>) => healthOf(...given).told.map(({ text }) => text);

it("nothing was wrong: nothing is told, and no notice was lost", () => {
  expect(healthOf(admin({}), [hook(1, "store/order/created", true)], unchanged, "app.test")).toEqual({ lost: [], blockedMs: 0, told: [] });
});

it("a change of address alone loses nothing: the hook was active", () => {
  const moved = { ...unchanged, update: [{ id: 1, scope: "store/order/created" }] };
  expect(healthOf(admin({}), [hook(1, "store/order/created", true)], moved, "app.test").lost).toEqual([]);
});

it("N13: what is gone, what BigCommerce gave up and what somebody switched off are told apart, and that all work again", () => {
  const hooks = [hook(1, "store/order/created", false), hook(2, "store/order/updated", false)];
  const update = hooks.map(({ id, scope }) => ({ id, scope }));
  const given: Parameters<typeof healthOf> = [
    admin({ deactivated: [1] }),
    hooks,
    { ...unchanged, create: ["store/app/uninstalled"], update },
    "app.test",
  ];
  expect(texts(...given)).toEqual([
    "The webhook app/uninstalled was no longer there.",
    "The webhook order/created was given up by BigCommerce after failed deliveries.",
    "The webhook order/updated was switched off.",
    "They work again. Orders changed meanwhile are looked for.",
  ]);
  expect(healthOf(...given).lost).toEqual(["store/app/uninstalled", "store/order/created", "store/order/updated"]);
});

it("our whole address may be blocked for a time; another one's is not ours", () => {
  const blocked = [
    { destination: "app.test", seconds: 3 },
    { destination: "https://app.test/x", seconds: 170 },
    { destination: "other.test", seconds: 900 },
  ];
  expect(healthOf(admin({ blocked }), [], unchanged, "app.test").blockedMs).toBe(170_000);
  expect(texts(admin({ blocked }), [], unchanged, "app.test")).toEqual([expect.stringMatching(/sends no notices to us for 170 s/)]);
});
