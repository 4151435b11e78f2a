import { readLinkCode } from "../../../worker/accounts/link-code.ts";
import { readSignIn } from "../../../worker/accounts/sign-in-form.ts";
import { readAddress } from "../../../worker/alerts/mail.ts";
import { readDelivery } from "../../../worker/app/webhook-work.ts";
import { speaksOfLicence } from "../../../worker/cin7/licence.ts";
import { readStoreHash } from "../../../worker/connect/stores/hash-form.ts";
import type { Attempt } from "../../../worker/contract/index.ts";
import { parseJson } from "../../../worker/lib/body.ts";
import { csvLine, plain } from "../../../worker/lib/csv.ts";
import { decimal } from "../../../worker/lib/money.ts";
import { holdsAddress, looksLikeAddress, withoutAddresses, withoutEnd } from "../../../worker/lib/text.ts";
import { markIn, markOf } from "../../../worker/orders/marks.ts";
import { numberIn } from "../../../worker/orders/order-number.ts";
import { attemptFor } from "../../../worker/orders/pages/masked.ts";
import { readCsv } from "../../../worker/settings/choices/csv.ts";
import { importMappings } from "../../../worker/settings/choices/mappings.ts";
import { parseDocument } from "../../../worker/settings/document.ts";
import { defaults } from "../../../worker/settings/parts/compose.ts";

const attempt = (text: string): Attempt => ({
  id: 1,
  at: "2026-01-05T09:00:00.000Z",
  step: "Read the order",
  side: "BigCommerce",
  method: "GET",
  path: `/v2/orders${text}`,
  status: 200,
  outcome: "ok",
  ms: 1,
  note: text,
  request: text,
  response: text,
});

export const settings = defaults();
/** What else goes through text that others wrote. */
export const PARSERS: Record<string, (text: string) => unknown> = {
  "a CSV file": readCsv,
  "an import of tax rules": (text) => importMappings("tax", text, settings),
  "an import of payment methods": (text) => importMappings("payments", text, settings),
  "a cell of a CSV file": (text) => plain(csvLine([text])),
  JSON: parseJson,
  "a webhook": readDelivery,
  "a store's address": (text) => readStoreHash(text, "https://api.bigcommerce.com"),
  "a sign-in": (text) => readSignIn({ accountId: text, applicationKey: text, name: text }),
  "an e-mail address": readAddress,
  "a link code": readLinkCode,
  "a mark": (text) => [markOf(text), markIn(text), numberIn(text)],
  "an address in a text": (text) => [holdsAddress(text), looksLikeAddress(text), withoutAddresses(text, ""), withoutEnd(text, "/")],
  "what a viewer sees of a message": (text) => [
    attemptFor("view", attempt(text)),
    attemptFor("view", attempt(JSON.stringify({ product_options: [{ display_value: text }], [text]: text }))),
  ],
  "a refusal of Cin7 Core": (text) => speaksOfLicence(text, 400),
  "a price": decimal,
  "a setup": (text) => {
    const methods = [{ key: text, name: text }];
    return [parseDocument(text), parseDocument({ ...settings, payments: { ...settings.payments, methods } })];
  },
  "a setup of many parts": (text) => parseDocument({ ...settings, payments: { ...settings.payments, methods: text.split("") } }),
};

/** `text` is the beginning of one as long as it is to be; what is cut off in the middle is foreign text as well. */
const cut = (head: string, row: (i: number) => string) => (length: number) => {
  let text = head;
  for (let i = 0; text.length < length; i++) text += row(i);
  return text.slice(0, length);
};
const currency = (i: number) => [i % 26, (i / 26) % 26, (i / 676) % 26].map((n) => String.fromCharCode(65 + n)).join("");
const TAX = "Class ID,Tax class,When tax was charged,No tax charged\r\n";
const PAYMENTS = "Method,Name,Currency,Account,Counts as paid\r\n";
/** Files that are nearly right. */
export const FILES: readonly ((length: number) => string)[] = [
  cut(TAX, () => "1,a,b,c\n"),
  cut(TAX, () => "x,,,\n"),
  cut(PAYMENTS, (i) => `m${i},n,,1,captured\n`),
  cut(PAYMENTS, (i) => `m${i},n,,1,?\n`),
  cut(`${PAYMENTS}m,n,,1,captured\n`, (i) => `m,n,${currency(i)},1,\n`),
];
