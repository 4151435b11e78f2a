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

/** `alerts`: addresses that are not proposed already. */
export type Choices = { alerts: Record<string, string> };
export const AUSTRALIAN: Choices = { alerts: { Money: "books@harbour.example" } };
export const BRITISH: Choices = { alerts: { "Orders and stock": "orders@albion.example", Money: "books@albion.example" } };

/** From *Home* to orders that flow: what is proposed is looked through and agreed to, then orders are taken. */
export async function setUp(hand: Hand, app: View, choices: Choices, look: () => Promise<void> = async () => {}): Promise<void> {
  await hand.click(link(app, "See what we propose"));
  await button(app, "Looks right: set this up").waitFor();
  await look();
  for (const [label, address] of Object.entries(choices.alerts)) await hand.fill(app.getByLabel(label), address);
  await hand.click(button(app, "Looks right: set this up"));
  await hand.click(button(app, "Take orders"));
  await app
    .locator(".status")
    .getByText(/^Orders up to date/)
    .waitFor();
}
