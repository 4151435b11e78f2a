import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { app } from "../../../worker/app/routes.ts";
import { isOwnPanel, panelOrigin } from "../../../worker/connect/panel.ts";
import { configOf } from "../../../worker/env.ts";
import { stores } from "../../../worker/lib/db/schema/tables.ts";
import { STORE, type Stage, stage } from "../../harness/stage.ts";

/** Who may frame a launch (docs/decisions/0035-who-frames-the-app.md): the wide list, or the store's own control panel where it is known. */
const OF_STORE = "https://store-{hash}.mybigcommerce.com";
const OWN = `https://store-${STORE}.mybigcommerce.com`;

describe("the control panel of one store", () => {
  it("is named by the deployment's pattern; without one, or for what is no store, nobody's", () => {
    expect(panelOrigin(OF_STORE, STORE)).toBe(OWN);
    for (const odd of [undefined, "", "a b", "x; script-src *", "https://evil.example", "a".repeat(40)])
      expect(panelOrigin(OF_STORE, odd)).toBeNull();
    expect(panelOrigin("", STORE)).toBeNull();
  });

  it("is a launch's only where BigCommerce has told the same address", () => {
    const told = (controlPanelUrl: string, pattern = OF_STORE) => isOwnPanel(pattern, { hash: STORE, controlPanelUrl });
    expect([told(OWN), told(`${OWN}/manage`)]).toEqual([true, true]);
    expect([told(""), told("https://panel.example.com"), told("nonsense"), told(OWN, "")]).toEqual([false, false, false, false]);
  });
});

describe("pages and launches", () => {
  let s: Stage;
  const wide = env.CONTROL_PANEL_ORIGINS;
  const ancestors = async (path: string, more: object) => {
    const { headers } = await app.request(`http://app.test${path}`, {}, { ...env, ...more });
    return /frame-ancestors ([^;]+);/.exec(headers.get("content-security-policy") ?? "")?.[1];
  };
  afterEach(() => {
    if (s) s.config.controlPanelOf = "";
  });

  it("the page of a launch is framed by its own panel alone; every other page, and every page without the switch, by the wide list", async () => {
    const on = { CONTROL_PANEL_OF_STORE: OF_STORE };
    expect(await ancestors(`/?store=${STORE}`, on)).toBe(OWN);
    expect([await ancestors("/", on), await ancestors("/?store=*", on), await ancestors("/load", on)]).toEqual([wide, wide, wide]);
    expect(await ancestors(`/?store=${STORE}`, {})).toBe(wide);
  });

  it("a launch names its store where the panel is known, else it lands as ever", async () => {
    s = stage();
    await s.install();
    const landsAt = async () => (await s.load({ jti: crypto.randomUUID() })).headers.get("location");
    const panel = (controlPanelUrl: string) => s.db.update(stores).set({ controlPanelUrl }).where(eq(stores.hash, STORE)).run();
    await panel(OWN);
    expect(await landsAt()).toMatch(/^\/#code=/);
    s.config.controlPanelOf = OF_STORE;
    expect(await landsAt()).toMatch(new RegExp(`^/\\?store=${STORE}#code=`));
    await panel("https://panel.example.com");
    expect(await landsAt()).toMatch(/^\/#code=/);
  });

  it("a pattern that names no store starts nothing", () => {
    for (const CONTROL_PANEL_OF_STORE of ["https://store.mybigcommerce.com", "http://store-{hash}.x.com", "https://{hash}.x.com; *"])
      expect(() => configOf({ ...env, CONTROL_PANEL_OF_STORE } as never)).toThrow("CONTROL_PANEL_OF_STORE");
  });
});
