/**
 * Exact amounts as fractions of whole numbers: nothing is ever cut, so what must tie does, and a share of a discount is known to
 * its last digit. The oracle's own arithmetic: it shares none with the Worker.
 */
export type Exact = { readonly n: bigint; readonly d: bigint };

const abs = (x: bigint): bigint => (x < 0n ? -x : x);
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

function make(n: bigint, d: bigint): Exact {
  const by = gcd(abs(n), abs(d)) || 1n;
  return d < 0n ? { n: -n / by, d: -d / by } : { n: n / by, d: d / by };
}

export const NOTHING: Exact = { n: 0n, d: 1n };

/** Decimal text or a JSON number; null where it is no amount. */
export function read(value: unknown): Exact | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) return null;
  const [, sign, whole = "0", rest = ""] = parts;
  const n = BigInt(whole + rest);
  return make(sign ? -n : n, 10n ** BigInt(rest.length));
}

/** Of what is known to be an amount. */
export function of(value: unknown): Exact {
  const found = read(value);
  if (!found) throw new Error(`no amount: ${String(value)}`);
  return found;
}

export const plus = (a: Exact, b: Exact): Exact => make(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Exact, b: Exact): Exact => make(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Exact, b: Exact): Exact => make(a.n * b.n, a.d * b.d);
export const over = (a: Exact, b: Exact): Exact => make(a.n * b.d, a.d * b.n);
export const sum = (all: readonly Exact[]): Exact => all.reduce(plus, NOTHING);
export const sign = (a: Exact): -1 | 0 | 1 => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0);
export const compare = (a: Exact, b: Exact): -1 | 0 | 1 => sign(minus(a, b));
export const same = (a: Exact, b: Exact): boolean => compare(a, b) === 0;
export const size = (a: Exact): Exact => ({ n: abs(a.n), d: a.d });
export const within = (a: Exact, b: Exact, most: Exact): boolean => compare(size(minus(a, b)), most) <= 0;

/** One unit of the last of `places` decimals. */
export const unit = (places: number): Exact => ({ n: 1n, d: 10n ** BigInt(places) });

/** Half away from zero, as invoices are rounded. */
export function rounded(a: Exact, places: number): Exact {
  const by = 10n ** BigInt(places);
  const whole = (abs(a.n) * by * 2n + a.d) / (a.d * 2n);
  return make(a.n < 0n ? -whole : whole, by);
}

/** Towards zero. */
export function cut(a: Exact, places: number): Exact {
  const by = 10n ** BigInt(places);
  const whole = (abs(a.n) * by) / a.d;
  return make(a.n < 0n ? -whole : whole, by);
}

/** Decimal text with so many places, rounded. */
export function text(a: Exact, places: number): string {
  const { n, d } = rounded(a, places);
  const digits = ((abs(n) * 10n ** BigInt(places)) / d).toString().padStart(places + 1, "0");
  const whole = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return n < 0n ? `-${whole}` : whole;
}
