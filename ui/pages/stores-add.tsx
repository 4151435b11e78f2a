import type { AddStore, StoreSummary } from "../../worker/contract/index.ts";
import { Button, Message, Needs, Panel } from "../components/basics.tsx";
import { Field, Input } from "../components/field.tsx";
import { toast } from "../components/toast.tsx";
import { post } from "../lib/api.ts";
import { useForm } from "../lib/form.ts";
import { invalidate } from "../lib/query.ts";
import { can, replaceStore } from "../lib/session.ts";

/** BigCommerce offers the credentials once, as a text file of `NAME: value` lines. */
function readCredentials(text: string): Partial<AddStore> {
  const line = (name: string) => new RegExp(`^\\s*${name}\\s*[:=]\\s*(\\S+)`, "im").exec(text)?.[1];
  const found: Partial<AddStore> = {};
  const store = /stores\/([a-z0-9]+)/i.exec(text)?.[1] ?? line("STORE HASH");
  const accessToken = line("ACCESS TOKEN");
  const clientId = line("CLIENT ID");
  const clientSecret = line("CLIENT SECRET");
  if (store) found.store = store;
  if (accessToken) found.accessToken = accessToken;
  if (clientId) found.clientId = clientId;
  if (clientSecret) found.clientSecret = clientSecret;
  return found;
}

export function AddStorePanel() {
  const form = useForm<keyof AddStore>({ store: "", accessToken: "", clientId: "", clientSecret: "" });
  const allowed = can("configure");
  const fill = (text: string): boolean => {
    const found = Object.entries(readCredentials(text)) as [keyof AddStore, string][];
    for (const [key, value] of found) form.value[key].value = value;
    return found.length > 0;
  };
  const add = form.onSubmit(async (given) => {
    const store = await post<StoreSummary>("/api/stores", given);
    replaceStore(store);
    invalidate("/api/stores");
    form.reset();
    toast(`${store.name} was added.`);
  });
  return (
    <Panel
      title="Add a store with a Store API account"
      text="For a store without the app. In its control panel open Settings → Store-level API accounts and create an account named Lockstep."
    >
      <Needs right="configure" />
      <form onSubmit={add}>
        {form.failure.value && <Message type="error">{form.failure.value}</Message>}
        <Credentials fill={fill} allowed={allowed} />
        <Input
          label="Store hash or URL"
          text="For example abc123, or the API path from the credentials."
          required
          autocomplete="off"
          spellcheck={false}
          disabled={!allowed}
          {...form.field("store")}
        />
        <Input label="Access token" type="password" required autocomplete="off" disabled={!allowed} {...form.field("accessToken")} />
        <Input label="Client ID" required autocomplete="off" spellcheck={false} disabled={!allowed} {...form.field("clientId")} />
        <Input label="Client secret" type="password" required autocomplete="off" disabled={!allowed} {...form.field("clientSecret")} />
        <Button type="submit" busy={form.busy.value} disabled={!allowed}>
          Add this store
        </Button>
      </form>
    </Panel>
  );
}

/** The file that BigCommerce offers, or its text: either fills in the fields. `fill`: false where nothing was recognised. */
const Credentials = ({ fill, allowed }: { fill: (text: string) => boolean; allowed: boolean }) => (
  <>
    <Field label="Credentials file" text="The .txt file that BigCommerce offers once. It fills in the fields below and is not kept.">
      {(tied) => (
        <input
          {...tied}
          class="control"
          type="file"
          accept=".txt,text/plain"
          disabled={!allowed}
          onChange={async (e) => {
            const file = e.currentTarget.files?.[0];
            if (file && !fill(await file.text())) toast("This file holds no BigCommerce credentials.", "error");
          }}
        />
      )}
    </Field>
    <Field label="Or paste what it says">
      {(tied) => (
        <textarea
          {...tied}
          class="control"
          rows={3}
          spellcheck={false}
          autocomplete="off"
          disabled={!allowed}
          onInput={(e) => {
            // What was recognised moves into the fields, so that no secret stays readable on screen.
            if (fill(e.currentTarget.value)) e.currentTarget.value = "";
          }}
        />
      )}
    </Field>
  </>
);
