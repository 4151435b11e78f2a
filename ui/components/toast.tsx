import { signal } from "@preact/signals";
import { CloseIcon, DoneIcon, ErrorIcon } from "./icons.tsx";

/** `undo`: takes back what is told, as long as the toast is there. */
type Toast = { id: number; text: string; type: "success" | "error"; undo?: (() => void) | undefined };
const toasts = signal<Toast[]>([]);
let next = 0;

/** Good news goes by itself after six seconds, after twelve where it can be taken back; bad news stays until it is closed. */
export function toast(text: string, type: "success" | "error" = "success", undo?: () => void) {
  const id = next++;
  toasts.value = [...toasts.value, { id, text, type, undo }];
  if (type === "success") setTimeout(() => dismiss(id), undo ? 12_000 : 6000);
}

/** Takes back the last thing that can be; false: there is none. */
export function undoLast(): boolean {
  const found = toasts.value.findLast((t) => t.undo);
  if (!found) return false;
  dismiss(found.id);
  found.undo?.();
  return true;
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
        {t.undo && (
          <button
            type="button"
            class="undo"
            onClick={() => {
              dismiss(t.id);
              t.undo?.();
            }}
          >
            Undo
          </button>
        )}
        <button type="button" onClick={() => dismiss(t.id)}>
          <CloseIcon size="lg" title="Close" />
        </button>
      </div>
    ))}
  </div>
);
