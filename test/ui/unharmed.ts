import type { Page } from "playwright-core";
import { expect } from "vitest";
import { PWN, tagsIn } from "../attack/live/vendor-texts.ts";

/** How the attack looks at a page (test/attack/live/injection.test.ts). */

/** A page that counts what ran in it, and what it asked of anybody but the app. */
export type Watched = { page: Page; asked: string[]; app: string };
export async function watched(page: Page, app: string): Promise<Watched> {
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:/.test(url.protocol) && (url.origin !== app || url.pathname.startsWith(PWN))) asked.push(request.url());
  });
  page.on("dialog", (dialog) => {
    asked.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    Object.assign(globalThis, { pwned: 0, p: () => (globalThis as unknown as { pwned: number }).pwned++ });
  });
  return { page, asked, app };
}

/** Opens what is folded, and answers every word on the page, what stands in fields and choices included. */
const everything = (page: Page): Promise<string> =>
  page.evaluate(() => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    const named = [...document.querySelectorAll("[aria-label],[title],[placeholder]")];
    const names = named.flatMap((e) => ["aria-label", "title", "placeholder"].map((a) => e.getAttribute(a) ?? ""));
    const fields = [...document.querySelectorAll("input,textarea")].map((e) => (e as HTMLInputElement).value);
    return [document.title, document.body.textContent, ...names, ...fields].join("\n");
  });
const MADE_BY_US = /^(\/assets\/|\/favicon|data:)/;
/** Elements that came out of a text, and addresses that a click would run. */
export const foreign = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((e) => {
        const handlers = [...e.attributes].some(({ name }) => name.startsWith("on"));
        const source = e.getAttribute("src") ?? e.getAttribute("href") ?? "";
        return handlers || source.startsWith("/p/") || /^\s*(javascript|data|vbscript):/i.test(e.getAttribute("href") ?? "");
      })
      .map((e) => e.outerHTML.slice(0, 200)),
  );

/** Nothing of what the page shows ran, became an element or asked for anything; answers the tags of what it shows. */
export async function unharmed({ page, asked }: Watched, name: string): Promise<string[]> {
  const words = await everything(page);
  expect(await foreign(page), `${name}: made of a text`).toEqual([]);
  const sources = await page.evaluate(() => [...document.querySelectorAll("[src]")].map((e) => e.getAttribute("src") ?? ""));
  expect(
    sources.filter((source) => !MADE_BY_US.test(source)),
    `${name}: fetched`,
  ).toEqual([]);
  const ran = await page.evaluate(() => (globalThis as unknown as { pwned: number }).pwned);
  expect([ran, asked], `${name}: ran, asked`).toEqual([0, []]);
  return tagsIn(words);
}

/** What a page of ours would do if it made elements of a text: an image is added by hand, and a text is given to the parser. */
export const canary = (page: Page, address: string, text: string): Promise<string> =>
  page.evaluate(
    async ([src, html]) => {
      const image = document.createElement("img");
      const failed = new Promise((done) => image.addEventListener("error", done));
      image.src = src as string;
      document.body.append(image);
      await failed;
      try {
        document.body.innerHTML = html as string;
        return "made";
      } catch (error) {
        return String(error);
      }
    },
    [address, text],
  );
