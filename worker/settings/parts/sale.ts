import * as z from "zod";
import { ASSEMBLY_BEGINS, assembly, assemblyAccounts, assemblyChanges, assemblyWrong } from "./assembly.ts";
import { definePart, type Objection } from "./define-part.ts";
import { once, RELOAD, shape, text } from "./forms.ts";
import type { Live } from "./live.ts";
import { says } from "./tell.ts";

const ATTRIBUTE = "Choose an additional attribute from 1 to 10.";
const WHO = "Choose a channel or a customer group.";
const schema = shape({
  /** M11: S1's draft order allocates nothing in Cin7 Core. */
  status: z.enum(["authorised", "draft"], { error: "Choose an authorised order or a draft." }),
  /** F21: what Cin7 Core does by itself when our order is authorised. */
  fulfil: z.enum(["none", "pick", "pick-pack", "pick-pack-ship"], { error: "Choose how far Cin7 Core goes by itself." }),
  assembly,
  /** F30: on every sale that none of `representatives` fits. */
  representative: text("Give a name, or leave it empty.").nullable(),
  /** F30: by BigCommerce's channel or customer group; the first that fits counts. `name`: of the channel or group, for words. */
  representatives: z
    .array(
      shape({
        by: z.enum(["channel", "group"], { error: WHO }),
        id: z.int({ error: WHO }),
        name: text(WHO),
        representative: text("Choose a sales representative."),
      }),
      { error: RELOAD },
    )
    .max(200, "There are too many sales representatives.")
    .check((c) => once(c, (row) => `${row.by}:${row.id}`, "id", "This channel or group is listed twice. Keep one of the two.")),
  /** M44: this text goes into additional attribute 1 to 10 of the sale; null: nowhere. */
  channel: shape({
    attribute: z.int({ error: ATTRIBUTE }).min(1, ATTRIBUTE).max(10, ATTRIBUTE).nullable(),
    text: z.string({ error: RELOAD }).trim().max(256, "Use at most 256 characters."),
  }),
  /** M44: before the order number in the sale's reference, e.g. "WEB-". */
  referencePrefix: z
    .string({ error: RELOAD })
    .trim()
    .max(20, "Use at most 20 characters.")
    .regex(/^[^|]*$/, "Do not use the sign |."),
});

type Sale = z.output<typeof schema>;

const FULFIL = { none: "by hand", pick: "picked", "pick-pack": "picked and packed", "pick-pack-ship": "picked, packed and shipped" };

export const sale = definePart({
  schema,
  begins: {
    status: "authorised",
    fulfil: "none",
    assembly: ASSEMBLY_BEGINS,
    representative: null,
    representatives: [],
    channel: { attribute: null, text: "" },
    referencePrefix: "",
  },
  changes: {
    status: says("Order in Cin7", (part) => part.status),
    fulfil: says("Pick, pack and ship", (part) => FULFIL[part.fulfil]),
    ...assemblyChanges,
    representative: says("Sales representative", (part) => part.representative),
    representatives: ({ lists }, before, after) =>
      lists("Sales representative for", before.representatives, after.representatives, {
        key: (r) => `${r.by === "group" ? "customer group" : "channel"} ${r.name}`,
        says: (r) => r.representative,
      }),
    "channel.attribute": says("Additional attribute for the store", ({ channel }) =>
      channel.attribute && channel.text ? `${channel.text} in number ${channel.attribute}` : null,
    ),
    // Said with the attribute, in one sentence.
    "channel.text": () => {},
    referencePrefix: says("Before the order number", (part) => part.referencePrefix || null),
  },
  from: {
    accounts: (part) => assemblyAccounts(part.assembly),
    representatives: ({ representative, representatives }) => {
      const names = [representative ?? "", ...representatives.map((row) => row.representative)].filter(Boolean);
      return names.length > 0 ? names : undefined;
    },
  },
  wrong: (part, live) => [
    ...representativesWrong(part, live),
    [
      "fulfil",
      part.status === "draft" && part.fulfil !== "none"
        ? "A draft order is not picked by itself. Choose an authorised order, or pick by hand."
        : null,
    ],
    ...assemblyWrong(part, live),
    [
      "channel.text",
      part.channel.attribute !== null && part.channel.text === ""
        ? "Give the text for the additional attribute, for example the store's name."
        : null,
    ],
  ],
});

function representativesWrong({ representative, representatives }: Sale, live: Live): Objection[] {
  if (!live.representatives) return [];
  const fold = (text: string): string => text.trim().toLowerCase();
  const known = new Set(live.representatives.map(fold));
  const gone = (name: string | null): string | null =>
    name === null || known.has(fold(name)) ? null : `Cin7 Core no longer has the sales representative "${name}". Choose another one.`;
  return [
    ["representative", gone(representative)],
    ...representatives.map((row, i): Objection => [`representatives.${i}.representative`, gone(row.representative)]),
  ];
}
