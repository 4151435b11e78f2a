import { Temporal } from "temporal-polyfill";

/**
 * Whether Cin7's own zone keeps the same days as the store's (M12): Cin7 writes an IANA name, or Windows' words that begin
 * with `(UTC+10:00)`. Null: it cannot be told. Compared in January and July, so that summer time does not hide a difference.
 */
export function sameDays(cin7Zone: string, storeZone: string): boolean | null {
  const store = offsets(storeZone);
  if (!store) return null;
  const windows = /UTC\s*([+-]\d{2}):?(\d{2})/i.exec(cin7Zone);
  if (windows) {
    const minutes = Number(windows[1]) * 60 + Math.sign(Number(windows[1]) || 1) * Number(windows[2]);
    // Words say the standard time only: one of the store's two.
    return store.includes(minutes);
  }
  if (/^\(?UTC\)?( |$)/i.test(cin7Zone)) return store.includes(0);
  const own = offsets(cin7Zone);
  return own ? own.every((minutes, i) => minutes === store[i]) : null;
}

function offsets(zone: string): number[] | null {
  try {
    return ["2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z"].map(
      (at) => Temporal.Instant.from(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60_000_000_000,
    );
  } catch {
    return null;
  }
}
