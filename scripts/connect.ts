import type { ChargeProposals, Choices, LinkCode, SaveSettings, SessionReply, Settings, SettingsReply } from "../worker/contract/index.ts";

/**
 * Installs the app on a store of the twins, links it to a Cin7 Core account and fills in Setup: all through the app's own
 * HTTP, as a person's browser would (design 7). Used by `npm start -- --connected`, the journeys and the benchmark.
 */
export type Place = { app: string; twins: string };
export type Connected = { store: string; account: string; panel: Api; console: Api; settings: Settings };
export type Api = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export const DEMO_STORE = "demostore1";
/** The twin's demo company (test/twins/cin7). */
export const DEMO_ACCOUNT_NAME = "Harbour Trading";

/** Which Cin7 rule each tax class of the demo stores gets, by its rate in words. */
export type TaxChoice = (className: string) => { withTax: string; withoutTax: string };
const australian: TaxChoice = () => ({ withTax: "GST on Income", withoutTax: "GST Free Income" });

/** Gift certificates and store credit are debts that are paid back (J9, J10). */
const OWN_TENDERS: Record<string, string> = { giftcertificate: "840", storecredit: "841" };

export type ConnectOptions = {
  store?: string;
  /** Index of the account among those of the twin. */
  account?: number;
  tax?: TaxChoice;
  paymentAccount?: string;
  change?: (settings: Settings) => void;
  /** False: it is not waited for the webhooks; whoever asks for this wakes the queue himself. */
  hooks?: false;
};

export async function connect(place: Place, options: ConnectOptions = {}): Promise<Connected> {
  const store = options.store ?? DEMO_STORE;
  const panel = await openPanel(place, store, "install");
  const { accountId, applicationKey } = await accountOf(place, options.account ?? 0);
  const consoleApi = await signIn(place, accountId, applicationKey);
  const { code } = await consoleApi<LinkCode>("POST", "/api/link-codes");
  await panel("POST", `/api/stores/${store}/link/check`, { code });
  await panel("POST", `/api/stores/${store}/link`, { code });
  const settings = await fillInSetup(panel, store, options);
  if (options.hooks !== false) await webhooksThere(place, store);
  return { store, account: accountId, panel, console: consoleApi, settings };
}

/** BigCommerce needs up to a minute until new webhooks are live (bigcommerce.md 3.1), the twin a second: before it nothing is told. */
async function webhooksThere(place: Place, store: string): Promise<void> {
  type State = { bigcommerce: { stores: Record<string, { hooks: { scope: string; created_at: number }[] }> } };
  for (const deadline = Date.now() + 180_000; Date.now() < deadline; ) {
    const state = (await json(await fetch(`${place.twins}/control/state`))) as State;
    const hooks = state.bigcommerce.stores[store]?.hooks ?? [];
    if (hooks.length >= 7 && hooks.every((hook) => Date.now() / 1000 - hook.created_at > 2)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the app's webhooks did not appear at BigCommerce");
}

/** Opens the app as BigCommerce's control panel does: a callback, a one-time code in the fragment, a session. */
export async function openPanel(place: Place, store: string, how: "install" | "launch", body: unknown = {}): Promise<Api> {
  const reply = (await json(await post(`${place.twins}/control/bigcommerce/${store}/${how}`, body))) as { url: string };
  const callback = await fetch(reply.url, { redirect: "manual" });
  const code = new URLSearchParams(new URL(callback.headers.get("location") ?? "", place.app).hash.slice(1)).get("code");
  if (!code) throw new Error(`the app answered ${callback.status} to ${how}: ${(await callback.text()).slice(0, 300)}`);
  const session = (await json(await post(`${place.app}/api/session`, { code }))) as SessionReply;
  return apiWith(place, session);
}

export async function signIn(place: Place, accountId: string, applicationKey: string): Promise<Api> {
  const session = (await json(
    await post(`${place.app}/api/sign-in`, { accountId, applicationKey, name: "Robin Operator" }),
  )) as SessionReply;
  return apiWith(place, session);
}

export async function accountOf(place: Place, index = 0): Promise<{ accountId: string; applicationKey: string }> {
  const state = (await json(await fetch(`${place.twins}/control/state`))) as { cin7: { accounts: Record<string, unknown> } };
  const id = Object.keys(state.cin7.accounts)[index];
  return (await json(await fetch(`${place.twins}/control/cin7/${id}/credentials`))) as { accountId: string; applicationKey: string };
}

async function fillInSetup(panel: Api, store: string, options: ConnectOptions): Promise<Settings> {
  const at = `/api/stores/${store}`;
  const choices = await panel<Choices>("GET", `${at}/choices`);
  const { customers } = await panel<{ customers: { id: string; name: string }[] }>("GET", `${at}/choices/customers?q=Web`);
  const proposals = await panel<ChargeProposals>("GET", `${at}/charges`);
  const made = await panel<ChargeProposals>("POST", `${at}/charges`, {
    create: proposals.charges.map(({ key, name, account }) => ({ key, name, account })),
  });
  const { version, settings } = await panel<SettingsReply>("GET", `${at}/settings`);
  const tax = options.tax ?? australian;
  const customer = customers[0];
  const location = choices.locations.find((l) => l.isDefault) ?? choices.locations[0];
  if (!customer || !location) throw new Error("the demo account has no customer or location to choose");
  settings.customers.defaultCustomer = { id: customer.id, name: customer.name };
  settings.location.salesShipFrom = { id: location.id, name: location.name };
  settings.invoice.status = "authorised";
  settings.tax.classes = choices.taxClasses.map(({ id, name }) => ({ classId: id, className: name, ...tax(name) }));
  settings.payments.methods = choices.paymentMethods.map(({ key, name, countsAsPaid }) => ({
    key,
    name,
    account: OWN_TENDERS[key] ?? options.paymentAccount ?? "713",
    countsAsPaid,
  }));
  for (const { key, name, account, productId } of made.charges) if (productId) settings.charges.items[key] = { productId, name, account };
  settings.orders = { ...settings.orders, on: true, captureWhen: "paid", takeFrom: null };
  options.change?.(settings);
  await panel("PUT", `${at}/alerts`, ALERTS);
  const saved = await panel<SettingsReply>("PUT", `${at}/settings`, { basedOn: version, settings } satisfies SaveSettings);
  return saved.settings;
}

const ALERTS = { orders: "orders@harbour.example", money: "books@harbour.example" };

/** After connecting again Setup is as it was and orders are off: a person names the two addresses and switches them on (M42). */
export async function switchOnAgain(panel: Api, store: string): Promise<void> {
  const at = `/api/stores/${store}`;
  const { version, settings } = await panel<SettingsReply>("GET", `${at}/settings`);
  if (version === 0) throw new Error("the settings are not back yet");
  await panel("PUT", `${at}/alerts`, ALERTS);
  const on = { ...settings, orders: { ...settings.orders, on: true } };
  await panel("PUT", `${at}/settings`, { basedOn: version, settings: on } satisfies SaveSettings);
}

/** Cin7's calls of this minute may be used up by others: a person reads "try again in 2 seconds" and does. */
const BUSY_TRIES = 180;

/** An open page renews its session before it ends, as the app's own pages do. */
const RENEW_MS = 5 * 60_000;

const apiWith = (place: Place, session: SessionReply): Api => {
  let { token, expiresAt } = session;
  return async <T>(method: string, path: string, body?: unknown) => {
    if (Date.parse(expiresAt) - Date.now() < RENEW_MS)
      ({ token, expiresAt } = (await json(
        await fetch(`${place.app}/api/session/renew`, { method: "POST", headers: { authorization: `Bearer ${token}` } }),
      )) as SessionReply);
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    for (let tries = 1; ; tries++) {
      const response = await fetch(`${place.app}${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
      if (response.ok) return (await response.json()) as T;
      const text = await response.text();
      if (response.status !== 503 || !text.includes('"busy"') || tries === BUSY_TRIES)
        throw new ApiFailure(method, path, response.status, text);
      await new Promise((done) => setTimeout(done, 1000));
    }
  };
};

export class ApiFailure extends Error {
  readonly status: number;
  readonly body: string;
  constructor(method: string, path: string, status: number, body: string) {
    super(`${method} ${path} answered ${status}: ${body.slice(0, 500)}`);
    this.status = status;
    this.body = body;
  }
}

export const post = (url: string, body: unknown) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export async function json(response: Response): Promise<unknown> {
  if (!response.ok)
    throw new Error(`${new URL(response.url).pathname} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return response.json();
}
