import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { ApiError, sentence } from "../lib/api.ts";
import { Button, Message } from "./basics.tsx";
import { Input } from "./field.tsx";

/**
 * A question before something that cannot be taken back: what happens is said, the name is typed, the button names the
 * effect. The browser's own dialog keeps the focus in and gives it back; what went wrong is shown inside.
 */
export function Confirm(props: {
  title: string;
  /** What is to be typed. */
  word: string;
  label: string;
  button: string;
  onConfirm: (typed: string) => Promise<void>;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const { title, word, label, button, onConfirm, onClose, children } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal("");
  const wrong = useSignal("");
  const failure = useSignal("");
  const busy = useSignal(false);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Closed before it goes: else the focus is not given back.
    return () => element?.close();
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.peek()) return;
    busy.value = true;
    failure.value = "";
    wrong.value = "";
    try {
      await onConfirm(typed.peek().trim());
    } catch (error) {
      const field = error instanceof ApiError ? error.fields["confirm"] : undefined;
      if (field) wrong.value = field;
      else failure.value = sentence(error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <dialog ref={dialog} class="ask" aria-labelledby={id} onClose={onClose} onCancel={(e) => busy.peek() && e.preventDefault()}>
      <h2 id={id}>{title}</h2>
      {failure.value && <Message type="error">{failure.value}</Message>}
      {children}
      <form onSubmit={submit}>
        <Input
          label={label}
          required
          autocomplete="off"
          spellcheck={false}
          value={typed.value}
          error={wrong.value || undefined}
          placeholder={word}
          onInput={(e: { currentTarget: { value: string } }) => {
            typed.value = e.currentTarget.value;
            wrong.value = "";
          }}
        />
        <div class="actions">
          <Button variant="subtle" disabled={busy.value} onClick={() => dialog.current?.close()}>
            Keep it as it is
          </Button>
          <Button type="submit" busy={busy.value}>
            {button}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
