import { expect, it } from "vitest";
import type { Order } from "../../../worker/bigcommerce/schemas.ts";
import { asksWho, needsCustomer } from "../../../worker/settings/asks-who.ts";
import { aSettings } from "../../harness/builders.ts";

const rule = (customers?: "exempt") => ({
  classId: null,
  side: "with",
  taxName: "",
  country: "",
  rule: "GST",
  ...(customers ? { customers } : {}),
});
const exempt = aSettings({ tax: { special: [rule("exempt")] } as never });
const byGroup = aSettings({ sale: { representatives: [{ by: "group", id: 1, name: "Wholesale", representative: "Ana" }] } as never });
const byChannel = aSettings({ sale: { representatives: [{ by: "channel", id: 1, name: "Web", representative: "Ana" }] } as never });

it("M48: BigCommerce is asked who bought only where a rule of tax or a row for a group turns on it", () => {
  expect([exempt, byGroup, byChannel, aSettings(), aSettings({ tax: { special: [rule()] } as never })].map(asksWho)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

it("a guest is nobody's customer: nothing is asked", () => {
  const by = (customer_id: number) => needsCustomer({ customer_id } as Order, exempt);
  expect([by(7), by(0)]).toEqual([true, false]);
});
