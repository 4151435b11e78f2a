import type { Frame, Page } from "playwright-core";
import type { Place } from "../../scripts/connect.ts";
import type { Hand, View } from "./hand.ts";

/** The steps of a merchant's first run, shared by the browser journeys and the benchmark. */
export const link = (view: View, name: string | RegExp) => view.getByRole("link", { name, exact: true });
export const button = (view: View, name: string | RegExp) => view.getByRole("button", { name, exact: true });
export const section = (view: View, name: string) =>
  view.getByRole("navigation", { name: "Setup" }).getByRole("link", { name, exact: true });

export async function appIn(panel: Page): Promise<Frame> {
  const frame = await (await panel.locator("iframe").elementHandle())?.contentFrame();
  if (!frame) throw new Error("the control panel shows no app");
  return frame;
}

/** What Cin7 Core shows under Integrations, API; `n`: which of the twin's accounts. */
export async function keysOf(page: Page, place: Place, n: number): Promise<{ accountId: string; key: string }> {
  await page.goto(`${place.twins}/cin7-console`);
  const [accountId = "", key = ""] = await page.locator(".card").nth(n).locator("code").allTextContents();
  return { accountId, key };
}

export async function signIn(
  hand: Hand,
  console: Page,
  place: Place,
  { accountId, key }: { accountId: string; key: string },
): Promise<void> {
  await console.goto(place.app);
  await hand.fill(console.getByLabel("Account ID"), accountId);
  await hand.fill(console.getByLabel("Application key"), key);
  await hand.fill(console.getByLabel("Your name"), "Robin Operator");
  await hand.click(button(console, "Sign in"));
}

/** The code of the console, entered in the control panel; the company is seen before anything is connected. */
export async function connectByCode(hand: Hand, app: View, console: Page): Promise<void> {
  await hand.click(button(console, "Show a code"));
  const code = await console.getByLabel("Code", { exact: true }).innerText();
  await hand.fill(app.getByRole("textbox", { name: "Code" }), code);
  await hand.click(button(app, "Check this code"));
  await app.getByText("Is this your company?").waitFor();
}

/** `taxes`: class, rule when tax was charged, rule when none was. `alerts`: addresses that are not proposed already. */
export type Choices = { taxes: (readonly [string, RegExp, RegExp])[]; methods: string[]; account: RegExp; alerts: Record<string, string> };
export const AUSTRALIAN: Choices = {
  taxes: ["Default Tax Class", "GST free"].map((name) => [name, /^GST on Income/, /^GST Free Income/] as const),
  methods: ["Credit Card", "PayPal"],
  account: /^713 /,
  alerts: { Money: "books@harbour.example" },
};
export const BRITISH: Choices = {
  taxes: ["Default Tax Class", "Zero rated"].map((name) => [name, /^VAT 20%/, /^Zero Rated Income/] as const),
  methods: ["Credit Card", "PayPal"],
  account: /^713 /,
  alerts: { "Orders and stock": "orders@albion.example", Money: "books@albion.example" },
};

/** From *Home* to orders that flow: one pass through Setup, saved once. */
export async function setUp(hand: Hand, app: View, choices: Choices): Promise<void> {
  await hand.click(link(app, "Choose a location"));
  await hand.choose(app.getByLabel("Ship from"), /Main Warehouse/);
  await hand.click(section(app, "Tax"));
  for (const [name, taxed, free] of choices.taxes) {
    await hand.choose(app.getByLabel(`${name}: when tax was charged`), taxed);
    await hand.choose(app.getByLabel(`${name}: no tax charged`), free);
  }
  await hand.click(section(app, "Payments"));
  for (const name of choices.methods) await hand.choose(app.getByLabel(`${name}: account in Cin7`), choices.account);
  await hand.click(section(app, "Charges and accounts"));
  await hand.click(button(app, /^Create \d charge items in Cin7$/));
  await app.getByText(/charge items are set up now/).waitFor();
  await hand.click(section(app, "Customers"));
  await hand.fill(app.getByRole("searchbox", { name: "Name or e-mail of a Cin7 customer" }), "Web");
  await hand.click(app.getByRole("search", { name: "Find a customer" }).getByRole("button", { name: "Search" }));
  await hand.click(app.getByRole("radio", { name: "Web customer", exact: true }));
  await hand.click(section(app, "People and alerts"));
  for (const [label, address] of Object.entries(choices.alerts)) await hand.fill(app.getByLabel(label), address);
  await hand.click(button(app, "Save addresses"));
  await app
    .getByText(/^A (code|test message) is on its way to/)
    .first()
    .waitFor();
  await hand.click(section(app, "Orders"));
  await hand.click(app.getByRole("switch", { name: "Take orders" }));
  await hand.click(button(app, "Save setup"));
  await app.getByText("Saved as version").waitFor();
  await app
    .locator(".status")
    .getByText(/^Orders up to date/)
    .waitFor();
}
