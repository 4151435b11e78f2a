import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { BROWSER_LAUNCH, ensureBrowser } from "../../scripts/browser.ts";
import { json, type Place, post } from "../../scripts/connect.ts";
import { ROOT } from "../../scripts/processes.ts";
import { PATIENCE_MS, until } from "../harness/until.ts";
import type { View } from "./hand.ts";

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 390, height: 844 };

const AXE = readFileSync(join(ROOT, "node_modules", "axe-core", "axe.min.js"), "utf8");

/**
 * One Chromium for a file of UI tests. Every page is watched: a console error, an exception, a violation of the content
 * security policy, a request that failed or was refused fails the test in which it came, unless it was announced with `allow`.
 */
export function browsing() {
  let browser: Browser;
  let open: BrowserContext[] = [];
  let heard: string[] = [];
  let allowed: RegExp[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: await ensureBrowser(), ...BROWSER_LAUNCH });
  });
  afterAll(async () => {
    await browser?.close();
  });
  afterEach(() => {
    const found = heard.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    heard = [];
    allowed = [];
    expect(found, "what the pages complained of").toEqual([]);
  });

  const watch = (page: Page) => {
    page.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      // The same refusal is heard as a response, with its address.
      if (!message.text().startsWith("Failed to load resource")) heard.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => heard.push(`exception: ${error.message}`));
    page.on("requestfailed", (request) => {
      // A page that is left, or a search that was overtaken, aborts what it asked for.
      const why = request.failure()?.errorText ?? "";
      if (why !== "net::ERR_ABORTED") heard.push(`failed: ${request.method()} ${new URL(request.url()).pathname} ${why}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400)
        heard.push(`answered ${response.status()}: ${response.request().method()} ${new URL(response.url()).pathname}`);
    });
  };

  return {
    /** What may be heard in this test, because it is what the test is about. */
    allow: (...patterns: RegExp[]) => {
      allowed.push(...patterns);
    },
    /** A person's own browser with one page: storage and sign-in are shared with nobody. */
    async page(options: { viewport?: { width: number; height: number }; locale?: string; scripts?: false } = {}): Promise<Page> {
      const context = await browser.newContext({
        viewport: options.viewport ?? WIDE,
        locale: options.locale ?? "en-AU",
        reducedMotion: "reduce",
        javaScriptEnabled: options.scripts !== false,
      });
      open.push(context);
      context.setDefaultTimeout(PATIENCE_MS);
      // Init scripts are the browser's own: the page's content security policy neither stops nor sees them.
      await context.addInitScript(AXE);
      const page = await context.newPage();
      watch(page);
      return page;
    },
    async closeAll(): Promise<void> {
      const now = open;
      open = [];
      await Promise.all(now.map((context) => context.close()));
    },
  };
}

/** Rules of WCAG 2.2 AA and best practices; 0 findings is the bar. Answers what is wrong, for people. */
export async function axe(view: View): Promise<string[]> {
  return view.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: {
        run: (
          root: unknown,
          options: unknown,
        ) => Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }>;
      };
    };
    const { violations } = await runner.run(document, { resultTypes: ["violations"] });
    return violations.flatMap((v) =>
      v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`),
    );
  });
}

/** How many pixels the page is wider than its window. */
export const sideways = (view: View): Promise<number> =>
  view.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export async function shot(page: Page, name: string): Promise<void> {
  const folder = join(ROOT, "test-results");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/**
 * The address under which BigCommerce opens the app for a user: with its one-time code. A fast machine opens it more often in a
 * minute than a person may; it waits as the page says.
 */
export async function launchUrl(place: Place, store: string, body: unknown = {}, to = ""): Promise<string> {
  const launch = async () => {
    const { url } = (await json(await post(`${place.twins}/control/bigcommerce/${store}/launch`, body))) as { url: string };
    const reply = await fetch(url, { redirect: "manual" });
    return reply.status === 429 ? null : reply;
  };
  const answer = await until("a launch that is let in", launch, 5000);
  const next = new URL(answer.headers.get("location") ?? "", place.app);
  if (!next.hash.includes("code=")) throw new Error(`the app answered ${answer.status} to a launch`);
  return to ? `${next.href}&to=${encodeURIComponent(to)}` : next.href;
}

export const heading = (view: View, name: string | RegExp) => view.getByRole("heading", { level: 1, name, exact: true });
/** The page is drawn, and nothing on it still loads. */
export const settled = async (view: View): Promise<void> => {
  await view.locator("main h1").first().waitFor();
  await view.locator(".skeleton, [aria-busy=true]").first().waitFor({ state: "detached" });
};
/** Everything that can be read on the page, with names for screen readers. */
export const wordsOf = (view: View): Promise<string> =>
  view.evaluate(() => {
    const named = [...document.querySelectorAll("[aria-label],[title],[placeholder]")];
    const names = named.flatMap((e) => ["aria-label", "title", "placeholder"].map((a) => e.getAttribute(a) ?? ""));
    // What a vendor was sent and answered is shown word for word.
    const quoted = [...document.querySelectorAll("pre")].map((e) => e.innerText);
    const text = quoted.reduce((rest, each) => rest.replace(each, ""), document.body.innerText);
    return [document.title, text, ...names].join("\n");
  });
