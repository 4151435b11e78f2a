import type { Frame, Locator, Page } from "playwright-core";

/** What a page is: its own window, or a frame in the control panel. */
export type View = Page | Frame;

/** By the Tab key alone, as who uses no mouse. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 90; presses++) {
    if (await target.evaluate((element) => element.matches(":focus"))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key does not reach ${target}`);
}

/** Does what a person does, and counts it. */
export interface Hand {
  clicks: number;
  fields: number;
  click(what: Locator): Promise<void>;
  fill(what: Locator, text: string): Promise<void>;
  choose(what: Locator, label: RegExp): Promise<void>;
}

async function labelOf(what: Locator, label: RegExp): Promise<string> {
  await what.waitFor();
  const options = await what.locator("option").allTextContents();
  const found = options.find((text) => label.test(text));
  if (found === undefined) throw new Error(`no choice ${label} among ${options.join(" | ")}`);
  return found;
}

export class Mouse implements Hand {
  clicks = 0;
  fields = 0;
  async click(what: Locator) {
    this.clicks++;
    await what.click();
  }
  async fill(what: Locator, text: string) {
    this.fields++;
    await what.fill(text);
  }
  async choose(what: Locator, label: RegExp) {
    this.fields++;
    await what.selectOption({ label: await labelOf(what, label) });
  }
}

/** Who uses no mouse: everything is reached by Tab, pressed by Enter or Space, chosen by the first letters. */
export class Keyboard implements Hand {
  clicks = 0;
  fields = 0;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
  }
  async click(what: Locator) {
    this.clicks++;
    await tabTo(this.#page, what);
    const box = await what.evaluate((element) => element.matches("input"));
    await this.#page.keyboard.press(box ? "Space" : "Enter");
  }
  async fill(what: Locator, text: string) {
    this.fields++;
    await tabTo(this.#page, what);
    await this.#page.keyboard.press("ControlOrMeta+A");
    await this.#page.keyboard.type(text);
  }
  async choose(what: Locator, label: RegExp) {
    this.fields++;
    const wanted = await labelOf(what, label);
    await tabTo(this.#page, what);
    await this.#page.keyboard.type(wanted);
    const chosen = await what.locator("option:checked").textContent();
    if (chosen !== wanted) throw new Error(`the keys chose ${chosen}, not ${wanted}`);
  }
}
