import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import type { LinkOffer, StoreSummary } from "../../worker/contract/index.ts";
import { Button, Message, Needs, OutLink, OwnPage, Panel } from "../components/basics.tsx";
import { Input } from "../components/field.tsx";
import { PageHead } from "../components/page-head.tsx";
import { toast } from "../components/toast.tsx";
import { post } from "../lib/api.ts";
import { useForm } from "../lib/form.ts";
import { useRun } from "../lib/run.ts";
import { can, loadMe, replaceStore } from "../lib/session.ts";
import { storeApi, storePath } from "../lib/store.ts";
import { CIN7_NEEDS } from "../lib/words.ts";

function EnterCode({ onOffer }: { onOffer: (offer: LinkOffer, code: string) => void }) {
  const form = useForm({ code: "" });
  const check = form.onSubmit(async ({ code }) => {
    const clean = code.toUpperCase().replace(/[\s-]/g, "");
    onOffer(await post<LinkOffer>(storeApi`/link/check`, { code: clean }), clean);
  });
  return (
    <Panel
      title="Enter your code"
      text="The code says which Cin7 Core account belongs to this store. Nothing is connected before you have seen and confirmed it."
    >
      <ol class="guide numbered">
        <li>
          In Cin7 Core open Integrations → API and add an application named "Lockstep". It shows an account ID and an application key.
        </li>
        <li>
          Open Lockstep's own page <OwnPage /> in another tab and sign in there with both.
        </li>
        <li>Choose "Show a code". It has 8 characters and is good for 15 minutes.</li>
        <li>Enter it here.</li>
      </ol>
      <Message type="info">{CIN7_NEEDS}</Message>
      <NoCin7 />
      <form onSubmit={check}>
        {form.failure.value && <Message type="error">{form.failure.value}</Message>}
        <Input
          label="Code"
          class="control code-in"
          required
          minLength={8}
          maxLength={10}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          disabled={!can("configure")}
          {...form.field("code")}
        />
        <Button type="submit" busy={form.busy.value} disabled={!can("configure")}>
          Check this code
        </Button>
      </form>
    </Panel>
  );
}

/** A merchant who found the app first (marketplace review: new and existing users). */
const NoCin7 = () => (
  <Message type="info" title="No Cin7 Core yet?">
    It is the inventory and order system that your orders go to, and not part of Lockstep.{" "}
    <OutLink href="https://www.cin7.com/">Get Cin7 Core</OutLink>, then come back to this page: until then nothing is taken, and your store
    goes on as it is. A second store of a company that is here already joins it with a code of the same account.
  </Message>
);

function Confirm({ offer, code, onBack }: { offer: LinkOffer; code: string; onBack: () => void }) {
  const { route } = useLocation();
  const { busy, failure, run } = useRun();
  const connect = () =>
    run(async () => {
      replaceStore(await post<StoreSummary>(storeApi`/link`, { code }));
      await loadMe();
      toast(`Connected to ${offer.company}.`);
      route(storePath("/"), true);
    });
  return (
    <Panel title="Is this your company?" text="Connect only if you know this Cin7 Core account.">
      {failure.value && <Message type="error">{failure.value}</Message>}
      <dl class="facts">
        <dt>Company</dt>
        <dd>
          <strong>{offer.company}</strong>
        </dd>
        <dt>Account ID</dt>
        <dd>
          <code>{offer.accountId}</code>
        </dd>
        <dt>Currency</dt>
        <dd>{offer.currency}</dd>
        <dt>Time zone</dt>
        <dd>{offer.timeZone}</dd>
      </dl>
      <div class="actions">
        <Button busy={busy.value} onClick={connect}>{`Connect to ${offer.company}`}</Button>
        <Button variant="subtle" onClick={onBack}>
          Use another code
        </Button>
      </div>
    </Panel>
  );
}

export default function Connect() {
  const found = useSignal<{ offer: LinkOffer; code: string } | null>(null);
  return (
    <>
      <PageHead
        title="Connect Cin7 Core"
        text="Lockstep brings the orders of this store into your Cin7 Core account. First it needs to know which account is yours."
      />
      <Needs right="configure" />
      {found.value ? (
        <Confirm
          {...found.value}
          onBack={() => {
            found.value = null;
          }}
        />
      ) : (
        <EnterCode
          onOffer={(offer, code) => {
            found.value = { offer, code };
          }}
        />
      )}
    </>
  );
}
