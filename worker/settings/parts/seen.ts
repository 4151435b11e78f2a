import { definePart } from "./define-part.ts";
import { flag, shape } from "./forms.ts";
import { onOff, says } from "./tell.ts";

/** M45: the sale's number and stage are written to the order in BigCommerce: as a metafield, as a line of its staff notes. */
export const seen = definePart({
  schema: shape({ metafield: flag, staffNote: flag }),
  begins: { metafield: true, staffNote: false },
  // Nothing was written to orders then: it stays so.
  before: { metafield: false, staffNote: false },
  changes: {
    metafield: says("Sale number on the order in BigCommerce", (part) => onOff(part.metafield)),
    staffNote: says("Sale number in the staff notes in BigCommerce", (part) => onOff(part.staffNote)),
  },
});
