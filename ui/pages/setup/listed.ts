import { useSignal } from "@preact/signals";
import type { Choices } from "../../../worker/contract/index.ts";
import { toast } from "../../components/toast.tsx";
import { plural } from "../../lib/format.ts";
import { useFirst } from "./draft.ts";
import type { SectionProps } from "./section.ts";

type Listed = {
  isEmpty: boolean;
  /** How many of the other side's are not in the table. */
  missing(live: Choices): number;
  /** Into the table with them. */
  put(live: Choices): void;
  /** What they are, one and many. */
  words: readonly [string, string];
};

/** A table of what BigCommerce has: filled by itself the first time, by buttons later. */
export function useListed({ choices, reload, locked }: SectionProps, { isEmpty, missing, put, words: [one, many] }: Listed) {
  const busy = useSignal(false);
  useFirst(locked || !isEmpty, () => put(choices));
  const load = async () => {
    busy.value = true;
    const live = await reload();
    busy.value = false;
    if (!live) return;
    const added = missing(live);
    put(live);
    toast(added ? `${plural(added, `${one} was`, `${many} were`)} added.` : `All ${many} of BigCommerce are in the table.`);
  };
  return { busy, add: () => put(choices), load };
}
