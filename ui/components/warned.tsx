import type { ComponentChildren } from "preact";
import { Button, Message } from "./basics.tsx";

/** A warning with its two answers: do it, or leave it as it is. `label`: what is done; without it there is nothing to do. */
export function Warned(props: {
  title?: string;
  label: string | null;
  busy: boolean;
  onDo: () => void;
  onLeave: () => void;
  children: ComponentChildren;
}) {
  const { title, label, busy, onDo, onLeave, children } = props;
  return (
    <Message type="warning" {...(title ? { title } : {})}>
      {children}
      <div class="actions">
        {label && (
          <Button slim busy={busy} onClick={onDo}>
            {label}
          </Button>
        )}
        <Button slim variant="subtle" onClick={onLeave}>
          Leave it as it is
        </Button>
      </div>
    </Message>
  );
}
