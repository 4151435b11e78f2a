import { signal } from "@preact/signals";
import { CloseIcon, DoneIcon, ErrorIcon } from "./icons.tsx";

const toasts = signal<{ id: number; text: string; type: "success" | "error" }[]>([]);
let next = 0;

/** Good news goes by itself after six seconds; bad news stays until it is closed. */
export function toast(text: string, type: "success" | "error" = "success") {
  const id = next++;
  toasts.value = [...toasts.value, { id, text, type }];
  if (type === "success") setTimeout(() => dismiss(id), 6000);
}
const dismiss = (id: number) => {
  toasts.value = toasts.value.filter((t) => t.id !== id);
};

export const Toasts = () => (
  <div class="toasts" role="status">
    {toasts.value.map((t) => (
      <div key={t.id} class={t.type}>
        {t.type === "success" ? <DoneIcon /> : <ErrorIcon />}
        <span>{t.text}</span>
        <button type="button" onClick={() => dismiss(t.id)}>
          <CloseIcon size="lg" title="Close" />
        </button>
      </div>
    ))}
  </div>
);
