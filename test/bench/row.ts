/** One line of the benchmark. `ok: null` = reported, without a bar. */
export type Row = { name: string; value: number; unit: string; bar: string; ok: boolean | null };

export const below = (name: string, value: number, unit: string, bar: number): Row => ({
  name,
  value,
  unit,
  bar: `< ${bar} ${unit}`,
  ok: value < bar,
});
export const exactly = (name: string, value: number, unit: string, bar: number): Row => ({
  name,
  value,
  unit,
  bar: `${bar} ${unit}`,
  ok: value === bar,
});
export const atMost = (name: string, value: number, unit: string, bar: number): Row => ({
  name,
  value,
  unit,
  bar: `≤ ${bar} ${unit}`,
  ok: value <= bar,
});
export const reported = (name: string, value: number, unit: string): Row => ({ name, value, unit, bar: "reported", ok: null });

/** The middle value; of an even number the lower middle. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}
