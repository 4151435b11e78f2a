/** How other tools write an order's number: `1042`, `#1042`, `WEB-1042`, `BC 001042`, `Order no. 1042 (web)`. */
const DECORATED = /^[^\d]{0,24}0*([1-9]\d{0,11})[^\d]{0,12}$/;

/**
 * The order number that a reference in Cin7 Core carries, with whatever stands around it; null: none, or more than one number
 * so that it cannot be told. `prefix`: our own (M44), which may hold digits itself.
 */
export function numberIn(reference: string, prefix = ""): number | null {
  const text = reference.trim();
  const own = prefix.trim();
  const rest = own && text.startsWith(own) ? text.slice(own.length) : text;
  const found = DECORATED.exec(rest)?.[1];
  return found === undefined ? null : Number(found);
}
