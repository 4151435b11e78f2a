import type { Settings } from "../../contract/index.ts";
import type { Problem } from "../../problems/define-problem.ts";
import type { Renamed } from "../renamed.ts";

type TaxClass = { id: number; name: string };
type Found = { told: Problem[]; renamed: Renamed[]; settings: Settings };

/**
 * The tax classes of Setup against BigCommerce's of today (F41), by their IDs: a new one is told before an order needs it, a
 * renamed one keeps its rules under the new name, one that is deleted is told. `settings`: under the names of today.
 */
export function taxClasses(settings: Settings, live: readonly TaxClass[]): Found {
  const { classes } = settings.tax;
  // Nothing was chosen yet, or the answer is no list of classes: nothing is to be compared.
  if (classes.length === 0 || live.length === 0) return { told: [], renamed: [], settings };
  const names = new Map(live.map(({ id, name }) => [id, name]));
  const known = new Set(classes.map((row) => row.classId));
  const fresh = live
    .filter(({ id }) => !known.has(id))
    .map(({ id, name }): Problem => ({ kind: "tax-class-new", classId: id, className: name }));
  // The default class cannot be deleted.
  const gone = classes
    .filter(({ classId }) => classId !== 0 && !names.has(classId))
    .map(({ classId, className }): Problem => ({ kind: "tax-class-gone", classId, className }));
  const renamed = classes.flatMap(({ classId, className }, i) => {
    const after = names.get(classId);
    return after && after !== className
      ? [{ field: `tax.classes.${i}.className`, before: className, after, side: "BigCommerce" as const }]
      : [];
  });
  const now = classes.map((row) => ({ ...row, className: names.get(row.classId) || row.className }));
  return { told: [...fresh, ...gone], renamed, settings: { ...settings, tax: { ...settings.tax, classes: now } } };
}
