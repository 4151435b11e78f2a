import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import type { DisconnectChoice, Disconnecting, Erased } from "../../../../worker/contract/index.ts";
import { Button, Message, OwnPage, Panel } from "../../../components/basics.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Input, Radios } from "../../../components/field.tsx";
import { toast } from "../../../components/toast.tsx";
import { download, post, sentence } from "../../../lib/api.ts";
import { useForm } from "../../../lib/form.ts";
import { plural } from "../../../lib/format.ts";
import { can, farewell, mode } from "../../../lib/session.ts";
import { store, storeApi, storePath } from "../../../lib/store.ts";

const PARTS = [
  ["orders", "Orders and sales"],
  ["documents", "Documents in Cin7 Core"],
  ["lines", "Lines and taxes of each sale"],
  ["payments", "Payments"],
  ["problems", "Differences and problems"],
  ["settings", "Setup, every version"],
  ["audit", "Who did what"],
] as const;

function EvidencePanel() {
  const busy = useSignal("");
  const failure = useSignal("");
  const fetchPart = async (part: string) => {
    busy.value = part;
    failure.value = "";
    try {
      await download(part === "all" ? storeApi`/evidence` : `${storeApi`/evidence`}?part=${encodeURIComponent(part)}`);
    } catch (error) {
      failure.value = sentence(error);
    } finally {
      busy.value = "";
    }
  };
  return (
    <Panel
      title="Export the evidence"
      text="Orders, sale numbers, payments, differences and setup, to keep elsewhere for as long as your books must be kept."
    >
      {failure.value && <Message type="error">{failure.value}</Message>}
      <div class="actions">
        {PARTS.map(([part, label]) => (
          <Button key={part} variant="secondary" busy={busy.value === part} onClick={() => void fetchPart(part)}>
            {`${label} (CSV)`}
          </Button>
        ))}
        <Button variant="secondary" busy={busy.value === "all"} onClick={() => void fetchPart("all")}>
          Everything in one file
        </Button>
      </div>
    </Panel>
  );
}

function useLeave() {
  const { route } = useLocation();
  return async (choice: DisconnectChoice, confirm: string) => {
    const reply = await post<Disconnecting>(storeApi`/disconnect`, { choice, confirm });
    if (mode.peek() === "panel") farewell.value = reply;
    else {
      toast("The store is being disconnected. It takes about a minute.");
      route("/stores");
    }
  };
}

const WHAT: Record<"keep-links" | "remove-everything", string> = {
  "keep-links":
    "At once: access to BigCommerce, messages sent and received, names, e-mails and addresses. For 30 days, sealed: which order is which sale, what you decided about orders, and your setup. Connect the same account again within 30 days and every order finds its sale; you then switch orders on again on Home.",
  "remove-everything":
    "Everything goes now, also which order is which sale. When you connect again later, every older order is looked up in Cin7 Core before it is sent.",
};

function DisconnectPanel({ name }: { name: string }) {
  const choice = useSignal<"keep-links" | "remove-everything">("keep-links");
  const asking = useSignal(false);
  const leave = useLeave();
  return (
    <Panel
      title="Disconnect this store"
      text="Orders stop going to Cin7 Core. Sales that are there stay as they are. Export the evidence first."
    >
      <Radios
        label="What happens with what Lockstep knows?"
        name="leave"
        value={choice.value}
        options={[
          { value: "keep-links", label: "Keep the links for 30 days", text: WHAT["keep-links"] },
          { value: "remove-everything", label: "Remove everything now", text: WHAT["remove-everything"] },
        ]}
        onPick={(value) => {
          choice.value = value;
        }}
      />
      <Button
        variant="secondary"
        onClick={() => {
          asking.value = true;
        }}
      >
        {`Disconnect ${name}`}
      </Button>
      {asking.value && (
        <Confirm
          title={`Disconnect ${name}?`}
          word={name}
          label={`Type ${name} to confirm`}
          button={choice.value === "keep-links" ? `Disconnect ${name}` : `Disconnect ${name} and remove everything`}
          onConfirm={(typed) => leave(choice.value, typed)}
          onClose={() => {
            asking.value = false;
          }}
        >
          <p>{WHAT[choice.value]}</p>
          <p>What is running ends first: it takes about a minute. Everybody who has this page open must open the app again.</p>
        </Confirm>
      )}
    </Panel>
  );
}

function MovePanel({ name, company }: { name: string; company: string }) {
  const asking = useSignal(false);
  const leave = useLeave();
  return (
    <Panel
      title="Move to another Cin7 Core account"
      text="The store stays installed. Its orders so far stay visible as history; later orders go to the other account."
    >
      <ol class="guide numbered">
        <li>Export the evidence above.</li>
        <li>{`End the link to ${company} here. It takes about a minute.`}</li>
        <li>
          On <OwnPage /> sign in with the other account's ID and application key, and choose "Show a code".
        </li>
        <li>Open the app again from Apps and enter the code. The setup is done anew, because the lists of the other account differ.</li>
      </ol>
      <div class="actions apart">
        <Button
          variant="secondary"
          onClick={() => {
            asking.value = true;
          }}
        >
          {`End the link to ${company}`}
        </Button>
        <a href={storePath("/history")}>Orders in former accounts</a>
      </div>
      {asking.value && (
        <Confirm
          title={`End the link to ${company}?`}
          word={name}
          label={`Type ${name} to confirm`}
          button={`End the link to ${company}`}
          onConfirm={(typed) => leave("move", typed)}
          onClose={() => {
            asking.value = false;
          }}
        >
          <p>{`Orders that wait or are held are not sent to ${company} any more. Sales that are there stay as they are.`}</p>
        </Confirm>
      )}
    </Panel>
  );
}

function ErasePanel() {
  const form = useForm({ email: "" });
  const erased = useSignal<(Erased & { email: string }) | null>(null);
  const submit = form.onSubmit(async ({ email }) => {
    erased.value = null;
    erased.value = { ...(await post<Erased>(storeApi`/erase`, { email })), email };
    form.reset();
  });
  const done = erased.value;
  return (
    <Panel
      title="Erase a shopper"
      text="Name, e-mail, addresses and messages of all orders of one e-mail address go from Lockstep; figures and sale numbers stay. Erase the shopper in BigCommerce and Cin7 Core too: what they still tell of an order comes back."
    >
      <form onSubmit={submit}>
        {form.failure.value && <Message type="error">{form.failure.value}</Message>}
        {done && (
          <Message type={done.orders > 0 ? "success" : "info"}>
            {`${plural(done.orders, "order was", "orders were")} emptied, ${plural(done.payloads, "message", "messages")} removed.`}
            {done.waiting > 0 &&
              ` ${plural(done.waiting, "order is", "orders are")} still on the way to Cin7 Core or waiting there for an invoice: each is emptied by itself within a day after it is finished.`}
          </Message>
        )}
        <Input label="The shopper's e-mail address" type="email" required autocomplete="off" {...form.field("email")} />
        <Button type="submit" variant="secondary" busy={form.busy.value}>
          Erase this shopper
        </Button>
      </form>
    </Panel>
  );
}

/** The end of the connection and what belongs to it: below the facts of *Connection*. */
export function Leave() {
  const s = store.value;
  if (!s || !can("configure") || s.state === "closing") return null;
  return (
    <>
      <EvidencePanel />
      <ErasePanel />
      {s.account && <MovePanel name={s.name} company={s.account.company} />}
      <DisconnectPanel name={s.name} />
    </>
  );
}
