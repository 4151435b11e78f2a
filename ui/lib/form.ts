import { batch, type Signal, signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { ApiError, sentence } from "./api.ts";

/** One signal a field. The server judges; its field errors are shown beside the fields and the first one is focused. */
function createForm<K extends string>(initial: Record<K, string>) {
  const keys = Object.keys(initial) as K[];
  const each = <V>(make: (k: K) => V) => Object.fromEntries(keys.map((k) => [k, make(k)])) as Record<K, V>;
  const value = each((k) => signal(initial[k]));
  const error: Record<K, Signal<string>> = each(() => signal(""));
  const busy = signal(false);
  const failure = signal("");

  const show = (found: Record<string, string>, form: HTMLFormElement) => {
    batch(() => {
      for (const k of keys) error[k].value = found[k] ?? "";
    });
    const first = keys.find((k) => found[k]);
    if (first) queueMicrotask(() => (form.elements.namedItem(first) as HTMLElement | null)?.focus());
  };

  return {
    value,
    busy,
    failure,
    field: (k: K) => ({
      name: k,
      value: value[k].value,
      error: error[k].value || undefined,
      onInput: (e: { currentTarget: { value: string } }) => {
        value[k].value = e.currentTarget.value;
        error[k].value = "";
      },
    }),
    reset: () =>
      batch(() => {
        for (const k of keys) value[k].value = initial[k];
      }),
    onSubmit: (send: (given: Record<K, string>) => Promise<void>) => async (e: Event) => {
      e.preventDefault();
      const form = e.currentTarget as HTMLFormElement;
      if (busy.peek()) return;
      batch(() => {
        busy.value = true;
        failure.value = "";
      });
      try {
        await send(each((k) => value[k].peek().trim()));
      } catch (caught) {
        const fields = caught instanceof ApiError ? caught.fields : {};
        show(fields, form);
        if (!keys.some((k) => fields[k])) failure.value = sentence(caught);
      } finally {
        busy.value = false;
      }
    },
  };
}

export const useForm = <K extends string>(initial: Record<K, string>) => {
  return useMemo(() => createForm(initial), []);
};
