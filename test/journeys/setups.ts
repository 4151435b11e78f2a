import { type Connected, type ConnectOptions, connect, type Place, post, type TaxChoice } from "../../scripts/connect.ts";
import type { Settings } from "../../worker/contract/index.ts";

/** Two shops as their owners would set them up: prices without tax (AUD, 10 %) and with tax inside (GBP, 20 %). */
const classes = async (place: Place, store: string, list: { id: number; name: string; rate: string }[]) => {
  const response = await fetch(`${place.twins}/control/bigcommerce/${store}/tax-classes`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ classes: list }),
  });
  if (!response.ok) throw new Error(`tax classes: ${response.status}`);
};

/** Certificates and store credit are tenders with accounts of their own (M7, M8); the list of the shop does not name them. */
const tenders = (settings: Settings) => {
  const own = [
    { key: "giftcertificate", name: "Gift Certificate", account: "840", countsAsPaid: "captured" as const },
    { key: "storecredit", name: "Store Credit", account: "841", countsAsPaid: "captured" as const },
  ];
  const keys = new Set(own.map((method) => method.key));
  settings.payments.methods = [...settings.payments.methods.filter((m) => !keys.has(m.key)), ...own];
};

const both = (options: ConnectOptions) => (settings: Settings) => {
  tenders(settings);
  options.change?.(settings);
};
/** All guests on the default customer (F17). */
export const guestsOnDefault = (settings: Settings) => {
  settings.customers.guests = "default-customer";
};

const EXCLUSIVE: Record<string, ReturnType<TaxChoice>> = {
  "Default Tax Class": { withTax: "GST on Income", withoutTax: "GST Free Exports" },
  "GST free": { withTax: "GST on Income", withoutTax: "GST Free Income" },
  "State tax": { withTax: "Sales Tax 8.25%", withoutTax: "Tax Exempt" },
};
const INCLUSIVE: Record<string, ReturnType<TaxChoice>> = {
  "Default Tax Class": { withTax: "VAT 20%", withoutTax: "Tax Exempt" },
  "Zero rated": { withTax: "VAT 20%", withoutTax: "Zero Rated Income" },
  "Ten per cent": { withTax: "VAT 10%", withoutTax: "Tax Exempt" },
};
const from =
  (table: Record<string, ReturnType<TaxChoice>>): TaxChoice =>
  (name) => {
    const found = table[name];
    if (!found) throw new Error(`no tax rule for the class ${name}`);
    return found;
  };

/** demostore1 on Harbour Trading: a third class of 8.25 %, so that three rules meet in one order. */
export async function exclusiveShop(place: Place, options: ConnectOptions = {}): Promise<Connected> {
  await classes(place, "demostore1", [
    { id: 0, name: "Default Tax Class", rate: "10" },
    { id: 1, name: "GST free", rate: "0" },
    { id: 2, name: "State tax", rate: "8.25" },
  ]);
  return connect(place, { tax: from(EXCLUSIVE), ...options, change: both(options) });
}

/** inclstore1 on Albion Goods, with a class of 10 % for the journals (J1 to J20). */
export async function inclusiveShop(place: Place, options: ConnectOptions = {}): Promise<Connected> {
  await classes(place, "inclstore1", [
    { id: 0, name: "Default Tax Class", rate: "20" },
    { id: 1, name: "Zero rated", rate: "0" },
    { id: 2, name: "Ten per cent", rate: "10" },
  ]);
  const accounts = (await (await fetch(`${place.twins}/control/cin7`)).json()) as { accountId: string; company: string }[];
  const index = accounts.findIndex((each) => each.company.includes("Albion"));
  await post(`${place.twins}/control/cin7/${accounts[index]?.accountId}/tax-rules`, { Name: "VAT 10%", TaxPercent: 10 });
  return connect(place, {
    store: "inclstore1",
    account: index,
    tax: from(INCLUSIVE),
    ...options,
    change: both(options),
  });
}
