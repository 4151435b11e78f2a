import { useSignal } from "@preact/signals";
import type { KeyInUse, ReplaceKey as Sent } from "../../../../worker/contract/index.ts";
import { Button, Message } from "../../../components/basics.tsx";
import { Input } from "../../../components/field.tsx";
import { toast } from "../../../components/toast.tsx";
import { post } from "../../../lib/api.ts";
import { useForm } from "../../../lib/form.ts";
import { dateTime } from "../../../lib/format.ts";
import { supply, useQuery } from "../../../lib/query.ts";
import { adopt, can } from "../../../lib/session.ts";
import { ordersChanged, storeApi } from "../../../lib/store.ts";

function KeyForm({ onDone }: { onDone: () => void }) {
  const form = useForm({ applicationKey: "" });
  const send = form.onSubmit(async (given) => {
    const { session, ...inUse } = await post<KeyInUse>(storeApi`/cin7-key`, given satisfies Sent);
    // Every session opened with the former key is over; this one goes on with a new token.
    if (session) adopt(session);
    supply(storeApi`/cin7-key`, inUse);
    ordersChanged();
    toast("The new key is in use. What waited for Cin7 Core goes on.");
    onDone();
  });
  return (
    <form onSubmit={send}>
      {form.failure.value && <Message type="error">{form.failure.value}</Message>}
      <Input
        label="New application key"
        text="In Cin7 Core open Integrations → API and copy the key of the application. It must be of the same account."
        type="password"
        required
        autocomplete="off"
        spellcheck={false}
        {...form.field("applicationKey")}
      />
      <div class="actions">
        <Button type="submit" busy={form.busy.value}>
          Use this key
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Keep the present key
        </Button>
      </div>
    </form>
  );
}

/** Another application key for the same account (design 6): every store of the account uses it then. */
export function ReplaceKey() {
  const open = useSignal(false);
  const query = useQuery<KeyInUse>(can("configure") ? storeApi`/cin7-key` : null);
  if (!can("configure")) return null;
  const { since, refused } = query.data.value ?? {};
  return (
    <>
      {refused ? (
        <Message type="error">
          Cin7 Core does not accept the present application key. Orders wait until it is replaced or accepted again.
        </Message>
      ) : (
        since && <p class="small muted">{`The present application key is in use since ${dateTime(since)}.`}</p>
      )}
      {open.value ? (
        <KeyForm
          onDone={() => {
            open.value = false;
          }}
        />
      ) : (
        <Button
          variant="secondary"
          onClick={() => {
            open.value = true;
          }}
        >
          Replace key
        </Button>
      )}
    </>
  );
}
