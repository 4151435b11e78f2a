import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Choices } from "../../worker/contract/index.ts";
import { get, sentence } from "../lib/api.ts";
import { moment } from "../lib/format.ts";
import { supply } from "../lib/query.ts";
import { storeApi } from "../lib/store.ts";
import { Button } from "./basics.tsx";
import { toast } from "./toast.tsx";

/** Asks both sides for all lists now; null: they could not be asked, which is said unless nobody pressed. */
export async function readAgain(quiet = false): Promise<Choices | null> {
  const key = storeApi`/choices`;
  try {
    const live = await get<Choices>(`${key}?fresh=${quiet ? "idle" : "1"}`);
    supply(key, live);
    return live;
  } catch (error) {
    if (!quiet) toast(sentence(error), "error");
    return null;
  }
}

/** Older lists are read again by themselves when a page opens with them, from what no work wants of Cin7's calls. */
const OLD_MS = 10_000;

/** How old the lists are that this page lets choose from: it opens with what is kept, whatever waits for Cin7 Core. */
export function ListsAge({ choices }: { choices: Choices }) {
  const busy = useSignal(false);
  const again = async (quiet: boolean) => {
    busy.value = true;
    await readAgain(quiet);
    busy.value = false;
  };
  useEffect(() => {
    if (Date.now() - Date.parse(choices.readAt) > OLD_MS) void again(true);
  }, []);
  return (
    <p class="small muted lists-age">
      {`The lists of BigCommerce and Cin7 Core are as they were ${moment(choices.readAt)}. `}
      <Button variant="subtle" slim busy={busy.value} onClick={() => void again(false)}>
        Refresh
      </Button>
    </p>
  );
}
