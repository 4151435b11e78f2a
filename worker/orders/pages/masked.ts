import type { Attempt, OrderDetail, Role } from "../../contract/index.ts";
import { holdsAddress, withoutAddresses } from "../../lib/text.ts";

/**
 * Messages as somebody sees them who may only look (F140): who bought, and where they live, is covered; SKUs, amounts, numbers
 * and statuses stay readable. A message that is not whole JSON is covered wholly.
 */
export const attemptFor = (role: Role, attempt: Attempt): Attempt =>
  role !== "view"
    ? attempt
    : {
        ...attempt,
        path: attempt.path.split("?")[0] ?? "",
        note: withoutAddresses(attempt.note, COVER),
        request: masked(attempt.request),
        response: masked(attempt.response),
      };

const COVER = "•••";
/** Who bought, as lists show it. */
export const customerFor = (role: Role, customer: string): string => (role === "view" && customer !== "" ? COVER : customer);

const OF_PERSON = /customer|e-mail|phone|address|ship to|message|contact|company|comment|note|memo/i;
type Said = { label: string; value: string };
/** What came and what was decided, as label and value. */
export const saidFor = <T extends Said>(role: Role, said: readonly T[]): T[] =>
  said.map((one) => (role === "view" && OF_PERSON.test(one.label) ? { ...one, value: COVER } : one));
export const mappedFor = (role: Role, mapped: OrderDetail["mapped"]): OrderDetail["mapped"] =>
  role !== "view" || mapped === null
    ? mapped
    : {
        ...mapped,
        decisions: saidFor(role, mapped.decisions).map((d) => (d.value === COVER ? { ...d, why: COVER } : d)),
        losses: mapped.losses.map(() => COVER),
      };
/** Names of fields with a person in them, at both vendors; `CustomerID`, `ContactID` and the like are numbers of things. */
const PERSONAL =
  /name|e-?mail|phone|fax|mobile|street|address|line\d|city|suburb|postcode|zip|company|contact|customer|notes?|message|comment|memo|ip_|form_fields|dob|card|last_four/i;
const THING = /(^|_)id$|ID$|^(sku|productname|name_merchant|display_name)/i;
/** Lists and parts of a document: looked into, whatever they are called. */
const PRODUCT = /^(lines?|products?|line_items|additionalcharges|charges|taxes|fees|coupons|payments|invoices)$/i;

/** No field of theirs has a longer name: what has one is somebody's text in the place of a name. */
const LONGEST_NAME = 100;

function masked(text: string | null): string | null {
  if (text === null || text === "") return text;
  try {
    return JSON.stringify(cover(JSON.parse(text), false, false));
  } catch {
    return COVER;
  }
}

/** `personal`: below a field of a person, so every text is covered; `product`: below a list of things, whose names are theirs. */
function cover(value: unknown, personal: boolean, product: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => cover(each, personal, product));
  if (value !== null && typeof value === "object")
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (key.length > LONGEST_NAME || holdsAddress(key)) return [COVER, COVER];
        const things = product || PRODUCT.test(key);
        const itsName = things && /^(name|sku|description)$/i.test(key);
        const person = personal || (PERSONAL.test(key) && !THING.test(key) && !itsName && !PRODUCT.test(key));
        return [key, cover(inner, person, things && !person)];
      }),
    );
  if (typeof value === "string") return value !== "" && (personal || holdsAddress(value)) ? COVER : value;
  return personal && typeof value === "number" ? COVER : value;
}
