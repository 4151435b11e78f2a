import * as z from "zod";
import { definePart } from "./define-part.ts";
import { shape } from "./forms.ts";
import { says } from "./tell.ts";

/** How long what belongs to shoppers is kept where Setup says nothing else (F140). */
export const KEPT_DAYS = 30;
const DAYS = "Give a number of days from 7 to 90.";

/** Names, addresses and what was sent and answered go so many days after an order is finished. */
export const keep = definePart({
  schema: shape({ days: z.int({ error: DAYS }).min(7, DAYS).max(90, DAYS) }),
  begins: { days: KEPT_DAYS },
  changes: { days: says("Days that names and messages of finished orders are kept", (part) => String(part.days)) },
});
