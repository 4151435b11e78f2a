import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountOf, connect, openPanel } from "../../scripts/connect.ts";
import type { Problem } from "../../worker/problems/define-problem.ts";
import { until } from "../harness/until.ts";
import { judge } from "../journeys/judge.ts";
import { journey } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, settled, sideways, wordsOf } from "./browser.ts";
import { OF_CIN7 } from "./scenes/cin7.ts";
import { type ELSEWHERE, OF_CONNECTIONS } from "./scenes/connections.ts";
import { OF_ORDERS } from "./scenes/orders.ts";
import { button, type Scene, Shop } from "./scenes/scene.ts";
import { emptyLabels, forbiddenIn, leaksIn } from "./words.ts";

/**
 * Every kind of problem: brought about by its real cause, read on *Needs attention*, answered as the page says, and the order
 * ends as it should. A new kind does not compile before it stands in one of the tables.
 */
const SCENES: Record<Exclude<Problem["kind"], keyof typeof ELSEWHERE>, Scene> = { ...OF_ORDERS, ...OF_CIN7, ...OF_CONNECTIONS };

/** What BigCommerce says is repeated word for word. */
const QUOTED = [/The limit of 10 webhooks per scope is reached/];

const place = journey(import.meta.filename);
const browser = browsing();
let shop: Shop;
/** The shop in pounds, with books in Australian dollars. */
let abroad: Shop;
let page: Page;
beforeAll(async () => {
  const { applicationKey } = await accountOf(place);
  const account = { account: 0 };
  shop = new Shop(place, await connect(place, account), applicationKey);
  abroad = new Shop(place, await connect(place, { ...account, store: "inclstore1" }), applicationKey);
  page = await browser.page();
});
afterAll(() => browser.closeAll());

/** The person's session, anew where a scene ended it or it ran out: launches are counted (decision 0031). */
async function seated(at: Shop): Promise<void> {
  const still = await at.c.panel("GET", "/api/me").then(
    () => true,
    () => false,
  );
  if (!still) at.c.panel = await openPanel(place, at.c.store, "launch");
}

async function entryOf(at: Shop, title: string) {
  await page.goto("about:blank");
  await page.goto(await launchUrl(place, at.c.store, {}, "/attention"));
  const problem = page.locator("article.problem").filter({ has: page.getByRole("heading", { name: title }) });
  await problem.waitFor();
  await settled(page);
  return { page, problem };
}

describe("each kind of problem, from its cause to its end", () => {
  it.each(Object.entries(SCENES))("%s", async (kind, scene) => {
    const at = kind === "currency-unsupported" ? abroad : shop;
    await seated(at);
    try {
      const caused = await scene.cause(at);
      const ofKind = async () =>
        (await at.problems()).find(
          (row) => row.kind === kind && (caused === null || row.orders.length === 0 || row.orders.includes(caused)),
        );
      const raised = await until(`the problem ${kind}`, ofKind);
      const id = caused ?? 0;
      const entry = await entryOf(at, scene.says.replace("{N}", String(id)));
      const text = await entry.problem.innerText();
      expect([...forbiddenIn(text, QUOTED), ...leaksIn(text)]).toEqual([]);
      expect(emptyLabels(await entry.problem.getByRole("button").allInnerTexts())).toEqual([]);
      if (raised.holds) expect(await button(entry.problem, /^Mark as read/).count(), "what holds cannot be put aside").toBe(0);
      await scene.remedy(at, entry, id);
      if (scene.ends === "paid") await judge(place, at.c, id);
      else if (scene.ends !== "read") await scene.ends(at, id);
      // What held it no longer does; that it went on in another form may still be told.
      await until(`${kind} to be gone`, async () => {
        const left = await ofKind();
        return !left || (raised.holds && !left.holds);
      });
    } finally {
      await at.faults([]);
      await scene.after?.(at);
    }
  });

  it("the page with what is left is accessible, fits and speaks the merchant's words", async () => {
    await page.goto(await launchUrl(place, shop.c.store, {}, "/attention"));
    await heading(page, "Needs attention").waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(forbiddenIn(await wordsOf(page), QUOTED)).toEqual([]);
  });
});
