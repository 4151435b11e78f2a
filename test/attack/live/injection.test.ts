import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountOf, type Connected, connect, json, post } from "../../../scripts/connect.ts";
import type { SessionReply } from "../../../worker/contract/index.ts";
import { PARTS } from "../../../worker/retention/evidence.ts";
import { until } from "../../harness/until.ts";
import { attention, confirmAddresses, faults, mails, paidPage, placeAll } from "../../journeys/judge.ts";
import { journey } from "../../journeys/stack.ts";
import { browsing, launchUrl, settled } from "../../ui/browser.ts";
import { pagesOfStore } from "../../ui/page-list.ts";
import { canary, foreign, unharmed, watched } from "../../ui/unharmed.ts";
import { type Dump, formula, hostileWorld, named, ORDERS, PWN, REFUSAL, SHOWN, tagsIn } from "./vendor-texts.ts";

/**
 * Stored injection: every text of both vendors is hostile, and every page, file and mail that shows them is looked at, in a
 * real browser with the real policy: nothing runs, nothing is made of it, nothing is asked of anybody.
 */
const place = journey(import.meta.filename);
const browser = browsing();
const seen = new Set<string>();
const ids: Record<string, number> = {};
let c: Connected;

beforeAll(async () => {
  const dump = (await json(await fetch(`${place.twins}/control/dump`))) as Dump;
  const headers = { "content-type": "application/json" };
  await json(await fetch(`${place.twins}/control/dump`, { method: "PUT", headers, body: JSON.stringify(hostileWorld(dump)) }));
  c = await connect(place, { tax: () => ({ withTax: named("GST on Income", "tax"), withoutTax: named("GST Free Income", "tax") }) });
});
afterAll(() => browser.closeAll());
const at = (path: string) => `/api/stores/${c.store}${path}`;

/** What a page shows only when it is asked to. */
const PRESSED: Record<string, (page: Page) => Promise<void>> = {
  "/orders/:id": (page) => page.getByRole("button", { name: "Show where the goods are", exact: true }).click(),
  "/first-run/trial": (page) => page.getByRole("button", { name: "Try the last 20 orders", exact: true }).click(),
  "/setup/customers": async (page) => {
    await page.getByRole("button", { name: "Change default customer", exact: true }).click();
    await page.getByRole("searchbox", { name: "Name or e-mail of a Cin7 customer" }).fill("Web");
    await page.keyboard.press("Enter");
    await page.getByRole("radio").first().waitFor();
  },
};

describe("stored injection through every text of both vendors", () => {
  it("orders go their way: one is paid to the cent, three wait, one of them for words of Cin7 Core's own", async () => {
    const place_ = async (form: unknown) => (await placeAll(place, c.store, [form]))[0]?.id as number;
    await confirmAddresses(place, c);
    for (const name of ["paid", "held", "unknown"] as const) ids[name] = await place_(ORDERS[name]);
    await paidPage(c, ids["paid"] as number);
    await faults(place, [{ peer: "cin7", kind: "refuse", method: "POST", path: "/sale", text: REFUSAL }]);
    ids["refused"] = await place_(ORDERS.refused);
    for (const name of ["held", "unknown", "refused"])
      await until(`order ${name} to be told of`, async () =>
        (await attention(c.panel, c.store)).some((row) => row.orders.includes(ids[name] as number)),
      );
  });

  it("no page runs, makes or fetches anything of them", async () => {
    const view = await watched(await browser.page(), place.app);
    const paths = new Set<string>(Object.values(ids).flatMap((id) => pagesOfStore(id)));
    for (const path of paths) {
      await view.page.goto("about:blank");
      await view.page.goto(await launchUrl(place, c.store, {}, path));
      await settled(view.page);
      await view.page.waitForLoadState("networkidle");
      await PRESSED[path.replace(String(ids["paid"]), ":id")]?.(view.page);
      await view.page.waitForLoadState("networkidle");
      for (const tag of await unharmed(view, path)) seen.add(tag);
    }
    expect(
      SHOWN.filter((tag) => !seen.has(tag)),
      "shown nowhere",
    ).toEqual([]);
    console.log(`attack: ${seen.size} hostile texts seen on ${paths.size} pages`);
    await browser.closeAll();
  });

  it("nor does the console", async () => {
    const view = await watched(await browser.page(), place.app);
    const { accountId, applicationKey } = await accountOf(place);
    await view.page.goto(place.app);
    await view.page.getByLabel("Account ID").fill(accountId);
    await view.page.getByLabel("Application key").fill(applicationKey);
    await view.page.getByLabel("Your name").fill(formula("person-name"));
    await view.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await view.page.getByRole("heading", { level: 1, name: "Sign in", exact: true }).waitFor({ state: "detached" });
    await settled(view.page);
    await view.page.waitForLoadState("networkidle");
    expect(await unharmed(view, "/stores")).toContain("company");
    await browser.closeAll();
  });

  it("no cell of a file begins a formula, whichever separator a spreadsheet takes", async () => {
    const token = await sessionToken();
    const files = [
      ...PARTS.map((part) => `/evidence?part=${part}&format=csv`),
      "/orders/unpaid.csv",
      "/settings/mappings.csv?kind=tax",
      "/settings/mappings.csv?kind=payments",
    ];
    const found = new Set<string>();
    for (const file of files) {
      const answer = await fetch(`${place.app}${at(file)}`, { headers: { authorization: `Bearer ${token}` } });
      const text = await answer.text();
      expect([file, answer.status, answer.headers.get("content-disposition")?.startsWith("attachment")]).toEqual([file, 200, true]);
      for (const tag of tagsIn(text)) found.add(tag);
      for (const separator of [",", ";", "\t"])
        expect(
          cellsOf(text, separator).filter((cell) => /^ *[=+\-@\t\r＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)),
          `${file} read by ${JSON.stringify(separator)}`,
        ).toEqual([]);
    }
    expect([...found]).toEqual(expect.arrayContaining(["order-company", "class", "method", "sale-number", "refusal", "order-unknown-sku"]));
    console.log(`attack: ${found.size} hostile texts in ${files.length} files, each read by 3 separators`);
  });

  it("a mail tells of it in one line and plain words, to the address that was confirmed and no other", async () => {
    const told = await until("an alert of the store", async () => {
      const all = (await mails(place)).filter((mail) => !/confirms/.test(mail.subject));
      return tagsIn(all.map((mail) => mail.subject).join()).includes("store-name") && all;
    });
    for (const mail of told) {
      expect(Object.keys(mail).sort()).toEqual(["at", "from", "id", "subject", "text", "to"]);
      expect(mail.to).toHaveLength(1);
      expect(mail.to[0]).toMatch(/@harbour\.example$/);
      expect(mail.subject).not.toMatch(/[\p{C}\u2028\u2029]/u);
      expect(mail.text).not.toMatch(/[^\P{C}\n]/u);
    }
    const texts = new Set(told.flatMap((mail) => tagsIn(`${mail.subject} ${mail.text}`)));
    console.log(`attack: ${told.length} mails of a store with a hostile name, ${texts.size} text in them`);
  });

  it("what is looked for is found where there is some: the watch is no mock", async () => {
    browser.allow(/Content Security Policy|Trusted/);
    const view = await watched(await browser.page(), place.app);
    await view.page.goto(await launchUrl(place, c.store));
    await settled(view.page);
    expect(await canary(view.page, `${PWN}canary`, REFUSAL)).toContain("TrustedHTML");
    expect([(await foreign(view.page)).length, view.asked]).toEqual([1, [`${place.app}${PWN}canary`]]);
    await browser.closeAll();
  });
});

async function sessionToken(): Promise<string> {
  const code = new URLSearchParams(new URL(await launchUrl(place, c.store)).hash.slice(1)).get("code");
  return ((await json(await post(`${place.app}/api/session`, { code }))) as SessionReply).token;
}

/** As a spreadsheet reads a file: quotes count where a cell begins, and nowhere else. */
function cellsOf(text: string, separator: string): string[] {
  const cells: string[] = [];
  for (let from = 0; from < text.length; ) {
    let cell = "";
    if (text[from] === '"') {
      let to = from + 1;
      for (; to < text.length && !(text[to] === '"' && text[to + 1] !== '"'); to += text[to] === '"' ? 2 : 1) cell += text[to];
      from = to + 1;
    }
    while (from < text.length && text[from] !== separator && text[from] !== "\n" && text[from] !== "\r") cell += text[from++];
    cells.push(cell);
    from += text.startsWith("\r\n", from) ? 2 : 1;
  }
  return cells;
}
