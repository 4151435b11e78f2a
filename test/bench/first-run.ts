import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { BROWSER_LAUNCH, ensureBrowser } from "../../scripts/browser.ts";
import { startStack } from "../../scripts/stack.ts";
import { until } from "../harness/until.ts";
import { saleOf } from "../journeys/stack.ts";
import { AUSTRALIAN, appIn, button, connectByCode, keysOf, link, setUp, signIn } from "../ui/first-run.ts";
import { Mouse } from "../ui/hand.ts";
import { atMost, type Row, reported } from "./row.ts";

/**
 * A merchant's first run in a real browser, by the same steps as its journey: from *Install* to the first sale, and what is
 * clicked and filled on the way. The browser does not read or think, so the time is the app's own share of it. The pages
 * must be built; a stack of its own, at a real clock.
 */
export async function firstRunRows(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "lockstep-first-run-"));
  const place = await startStack({ dataDir });
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), ...BROWSER_LAUNCH });
  try {
    const page = async () => (await browser.newContext({ locale: "en-AU" })).newPage();
    const [hand, panel, other] = [new Mouse(), await page(), await page()];
    const keys = await keysOf(other, place, 0);
    await panel.goto(`${place.twins}/panel/demostore1/marketplace`);
    const from = performance.now();
    await hand.click(button(panel, "Install"));
    const app = await appIn(panel);
    await signIn(hand, other, place, keys);
    await connectByCode(hand, app, other);
    await hand.click(button(app, /^Connect to /));
    await setUp(hand, app, AUSTRALIAN);
    const ready = performance.now();
    await link(panel, "Storefront").click();
    await button(panel, "Place order").click();
    const id = Number(/\d+$/.exec(await panel.getByRole("heading", { level: 1 }).innerText())?.[0]);
    await until("the first sale", async () => (await saleOf(place.twins, keys.accountId, id)).Order.Total > 0);
    const seconds = (ms: number) => Math.round(ms / 100) / 10;
    return [
      reported("install → orders on, in the browser journey", seconds(ready - from), "s"),
      reported("install → first sale", seconds(performance.now() - from), "s"),
      atMost("… clicks", hand.clicks, "clicks", 15),
      atMost("… fields", hand.fields, "fields", 6),
    ];
  } finally {
    await browser.close();
    await place.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
