import type { CaptureRule, Choices } from "../../contract/index.ts";

export type Taken = Choices["orderStatuses"][number]["taken"];
type Row = { id: number; name: string; custom_label: string };

/** The shop's statuses with its own names and what each capture rule does with them (M19), in the shop's words. */
export const statusesOf = (
  rows: readonly Row[],
  takenAt: (statusId: number) => Record<CaptureRule, Taken[CaptureRule]>,
): Choices["orderStatuses"] =>
  rows.map(({ id, name, custom_label }) => ({
    id,
    name,
    customName: custom_label && custom_label !== name ? custom_label : "",
    taken: takenAt(id),
  }));
