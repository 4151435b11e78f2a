import { useSignal } from "@preact/signals";
import { post, sentence } from "../lib/api.ts";
import { readable } from "../lib/format.ts";
import { can } from "../lib/session.ts";
import { ordersChanged } from "../lib/store.ts";
import { NEEDS } from "../lib/words.ts";
import { Button } from "./basics.tsx";
import { toast } from "./toast.tsx";
import { Warned } from "./warned.tsx";

/** What cannot be taken back says so first; the second press does it. `done`: what is said then. */
export function AskedButton(props: {
  label: string;
  warning: string;
  to: string;
  body?: unknown;
  first?: boolean;
  onDone?: ((reply: unknown) => void) | undefined;
}) {
  const { warning, to, body = {}, first = false, onDone } = props;
  const label = readable(props.label);
  const open = useSignal(false);
  const busy = useSignal(false);
  const allowed = can("operate");
  const act = async () => {
    busy.value = true;
    try {
      const reply = await post<unknown>(to, body);
      open.value = false;
      onDone?.(reply);
      ordersChanged();
    } catch (error) {
      toast(sentence(error), "error");
    } finally {
      busy.value = false;
    }
  };
  if (!open.value)
    return (
      <Button
        variant={first ? "primary" : "secondary"}
        disabled={!allowed}
        title={allowed ? undefined : NEEDS.operate}
        onClick={() => {
          open.value = true;
        }}
      >
        {label}
      </Button>
    );
  return (
    <Warned
      label={label}
      busy={busy.value}
      onDo={() => void act()}
      onLeave={() => {
        open.value = false;
      }}
    >
      {readable(warning)}
    </Warned>
  );
}
