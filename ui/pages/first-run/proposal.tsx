import { type Signal, useSignal, useSignalEffect } from "@preact/signals";
import { useLocation } from "preact-iso";
import type {
  Alerts,
  AlertTest,
  ChargeProposals,
  Choices,
  OtherConnection,
  Proposal,
  Ref,
  Settings,
  SettingsReply,
} from "../../../worker/contract/index.ts";
import { Button, Message, Needs, Panel } from "../../components/basics.tsx";
import { Input } from "../../components/field.tsx";
import { Load } from "../../components/load.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Table } from "../../components/table.tsx";
import { toast } from "../../components/toast.tsx";
import { ApiError, post, put } from "../../lib/api.ts";
import { invalidate, useQuery } from "../../lib/query.ts";
import { useRun } from "../../lib/run.ts";
import { can, me, mode } from "../../lib/session.ts";
import { storeApi, storePath } from "../../lib/store.ts";
import { createCharges } from "../setup/charges.tsx";
import { draft, edit, errors, failure, proposeDraft, save } from "../setup/draft.ts";
import { RadiosAt } from "../setup/fields.tsx";
import { INVOICE, ShipFrom, UNKNOWN } from "../setup/orders.tsx";
import { MethodAccounts } from "../setup/payments.tsx";
import { ClassRules } from "../setup/tax.tsx";

/** Everything that both sides already tell, shown for one *Looks right* (ui.md 10.3); what is not sure is asked in its place. */
export default function ProposalPage() {
  return (
    <>
      <PageHead
        title="What we propose"
        text="Read from BigCommerce and Cin7 Core. Look through it and change what is not right. Orders stay off until you take them on Home."
      />
      <Needs right="configure" />
      {can("configure") && <Proposed />}
    </>
  );
}

/** Both sides are asked for who may set up alone. */
function Proposed() {
  const proposal = useQuery<Proposal>(storeApi`/proposal`, { fresh: 60_000 });
  const choices = useQuery<Choices>(storeApi`/choices`, { fresh: 60_000 });
  const charges = useQuery<ChargeProposals>(storeApi`/charges`, { fresh: 60_000 });
  const saved = useQuery<SettingsReply>(storeApi`/settings`);
  useSignalEffect(() => {
    const [now, found] = [saved.data.value, proposal.data.value];
    if (now && found) proposeDraft(now, found.settings);
  });
  return (
    <Load query={proposal} lines={8}>
      {(proposed) => (
        <Load query={choices} lines={8}>
          {(live) => <Load query={charges}>{(items) => <Form proposal={proposed} choices={live} charges={items.charges} />}</Load>}
        </Load>
      )}
    </Load>
  );
}

type Charges = ChargeProposals["charges"];

function Form({ proposal, choices, charges }: { proposal: Proposal; choices: Choices; charges: Charges }) {
  const own = mode.value === "panel" ? (me.value?.user.name ?? "") : proposal.email;
  const heard = useSignal({ orders: own, money: own });
  const { route } = useLocation();
  const { busy, failure: failed, run } = useRun();
  const locked = !can("configure");
  const settings = draft.value;
  if (!settings) return null;
  const open = openIn(settings);
  const agree = () =>
    run(async () => {
      await patiently(() => setUp(proposal, charges, heard.peek()));
      invalidate(storeApi`/home`);
      toast("Everything is set up. Take orders when you are ready.");
      route(storePath("/"));
    });
  const given = { settings, choices, locked };
  return (
    <>
      <SalePanel {...given} toMake={proposal.customer} />
      <Panel title="Tax" text="By the rates of your last orders and the names of both sides. Where nothing fits for sure, you choose.">
        <ClassRules {...given} />
      </Panel>
      <Panel title="Payments" text="Which account receives each method. Without an account its invoices stay unpaid.">
        <MethodAccounts {...given} />
      </Panel>
      <ChargesPanel charges={charges} choices={choices} />
      <Addresses heard={heard} locked={locked} />
      {failed.value && (
        <Message type="error" title="Not set up">
          {failed.value}
        </Message>
      )}
      {open.map(({ text }) => (
        <Message key={text} type="warning">
          {text}
        </Message>
      ))}
      <div class="actions">
        <Button busy={busy.value} disabled={locked || open.some((each) => each.first)} onClick={() => void agree()}>
          Looks right: set this up
        </Button>
        <a href={storePath("/")}>Later</a>
      </div>
    </>
  );
}

/** One after the other; each step finds what an earlier press has made. */
async function setUp(proposal: Proposal, charges: Charges, heard: Heard): Promise<void> {
  await nameAddresses(heard);
  await post<OtherConnection>(storeApi`/other-connection`);
  if (proposal.customer && !draft.peek()?.customers.defaultCustomer) await makeCustomer();
  await createCharges(charges);
  if ((await save()) === null) throw new Error(failure.peek() || Object.values(errors.peek())[0] || "Nothing was saved.");
}

const TRIES = 5;

/** Cin7's calls of this minute may be used up: it goes on by itself when there is room. */
async function patiently(act: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "busy" || tries === TRIES) throw error;
      await new Promise((done) => setTimeout(done, (error.seconds ?? 5) * 1000));
    }
  }
}

type Given = { settings: Settings; choices: Choices; locked: boolean };

function SalePanel({ toMake, ...given }: Given & { toMake: string | null }) {
  const chosen = given.settings.customers.defaultCustomer?.name;
  return (
    <Panel title="Sales in Cin7 Core">
      <ShipFrom {...given} />
      <div class="field">
        <h3>Default customer</h3>
        <small>For orders without a customer of their own.</small>
        <p>
          {chosen ?? `"${toMake ?? ""}" is made in Cin7 Core`} <a href={storePath("/setup/customers")}>Choose another customer</a>
        </p>
      </div>
      <RadiosAt
        at="invoice.status"
        label="Invoice"
        text="How far Lockstep takes the invoice of each sale."
        options={INVOICE}
        locked={given.locked}
      />
      <RadiosAt
        at="orders.unknownSku"
        label="When a SKU is not in Cin7 Core"
        text="What to do with an order whose product Cin7 Core does not know."
        options={UNKNOWN}
        locked={given.locked}
      />
    </Panel>
  );
}

type Heard = { orders: string; money: string };
const AREAS = [
  ["orders", "Orders and stock"],
  ["money", "Money"],
] as const;

const Addresses = ({ heard, locked }: { heard: Signal<Heard>; locked: boolean }) => (
  <Panel
    title="Who hears when something needs attention?"
    text="Each address gets one message with a code; the same address twice is one message."
  >
    {AREAS.map(([area, label]) => (
      <Input
        key={area}
        label={label}
        type="email"
        required
        autocomplete="email"
        name={area}
        value={heard.value[area]}
        disabled={locked}
        onInput={(e) => {
          heard.value = { ...heard.peek(), [area]: e.currentTarget.value };
        }}
      />
    ))}
  </Panel>
);

/** What a person must choose first, and what only holds some orders. */
function openIn({ location, tax, payments }: Settings): { text: string; first: boolean }[] {
  const rules = tax.classes.filter((c) => c.withTax === null || c.withoutTax === null).map((c) => c.className);
  const unpaid = payments.methods.filter((m) => m.account === null).map((m) => m.name);
  return [
    ...(location.salesShipFrom ? [] : [{ text: "Choose where you ship from.", first: true }]),
    ...(tax.classes.some((c) => c.withTax !== null) ? [] : [{ text: "Choose a tax rule for what is sold with tax.", first: true }]),
    ...(rules.length ? [{ text: `Orders with ${rules.join(", ")} are held until both of its rules are chosen.`, first: false }] : []),
    ...(unpaid.length ? [{ text: `Invoices paid by ${unpaid.join(", ")} stay unpaid.`, first: false }] : []),
  ];
}

function ChargesPanel({ charges, choices }: { charges: Charges; choices: Choices }) {
  const named = (code: string) => [code, choices.chargeAccounts.find((a) => a.code === code)?.name].filter(Boolean).join(" ");
  return (
    <Panel
      title="Charge items"
      text="What an order has besides products is a product of type Service in Cin7 Core, without stock. Those that are missing are made."
      actions={<a href={storePath("/setup/charges")}>Change accounts</a>}
    >
      <Table
        caption="Charge items"
        rows={charges}
        rowKey={(p) => p.key}
        columns={[
          { key: "name", header: "Charge item", head: true, cell: (p) => p.name },
          { key: "account", header: "Account", cell: (p) => named(p.account) || "None fits: choose it under Setup" },
          { key: "there", header: "In Cin7 Core", cell: (p) => (p.productId ? "There" : "Is made") },
        ]}
      />
    </Panel>
  );
}

/** Saved, and the code sent to what is new: once to each address. */
async function nameAddresses(given: { orders: string; money: string }): Promise<void> {
  const reply = await put<Alerts>(storeApi`/alerts`, given);
  if (!reply.mail) return;
  const open = reply.addresses.filter((a) => !a.confirmed && a.lastSentAt === null);
  const once = open.filter((a, i) => open.findIndex((b) => b.email.toLowerCase() === a.email.toLowerCase()) === i);
  for (const { area } of once) await post<AlertTest>(storeApi`/alerts/test`, { area });
}

async function makeCustomer(): Promise<void> {
  const rule = draft.peek()?.tax.classes.find((c) => c.withTax !== null)?.withTax ?? "";
  const customer = await post<Ref>(storeApi`/proposal/customer`, { taxRule: rule });
  edit("customers.defaultCustomer", (s) => {
    s.customers.defaultCustomer = customer;
  });
}
