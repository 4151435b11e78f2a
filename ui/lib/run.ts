import { useSignal } from "@preact/signals";
import { sentence } from "./api.ts";

/** Something that a press begins: whether it is on its way, and the sentence of what went wrong the last time. */
export function useRun() {
  const busy = useSignal(false);
  const failure = useSignal("");
  const run = async (act: () => Promise<void>) => {
    busy.value = true;
    failure.value = "";
    try {
      await act();
    } catch (error) {
      failure.value = sentence(error);
    } finally {
      busy.value = false;
    }
  };
  return { busy, failure, run };
}
