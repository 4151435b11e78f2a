import { useSignal } from "@preact/signals";
import type { Alerts, AlertTest, People, Person, Role } from "../../../worker/contract/index.ts";
import { Badge, Button, Message, Panel } from "../../components/basics.tsx";
import { CellSelect, Input } from "../../components/field.tsx";
import { Load } from "../../components/load.tsx";
import { Table } from "../../components/table.tsx";
import { toast } from "../../components/toast.tsx";
import { post, put, sentence } from "../../lib/api.ts";
import { useForm } from "../../lib/form.ts";
import { dateTime } from "../../lib/format.ts";
import { giveRole, ROLE, ROLES } from "../../lib/people.ts";
import { invalidate, supply, useQuery } from "../../lib/query.ts";
import { can, me, mode } from "../../lib/session.ts";
import { storeApi } from "../../lib/store.ts";

function PeopleTable({ people }: { people: Person[] }) {
  return (
    <Table
      caption="People who opened Lockstep"
      rows={people}
      rowKey={(p) => p.id}
      columns={[
        {
          key: "email",
          header: "Person",
          head: true,
          cell: (p) => (
            <>
              {p.email} {p.isNew && <Badge label="New" tone="warning" />}
            </>
          ),
        },
        {
          key: "role",
          header: "May",
          cell: (p) =>
            p.owner || p.email === me.value?.user.name ? (
              `${ROLE[p.role]}${p.owner ? " (store owner)" : " (you)"}`
            ) : (
              <CellSelect
                label={`What ${p.email} may do`}
                options={ROLES}
                value={p.role}
                onChange={(e: { currentTarget: { value: string } }) => void giveRole(p, e.currentTarget.value as Role)}
              />
            ),
        },
        { key: "first", header: "First opened", class: "nowrap", cell: (p) => dateTime(p.firstSeenAt) },
        { key: "last", header: "Last opened", class: "nowrap", cell: (p) => dateTime(p.lastSeenAt) },
      ]}
    />
  );
}

function PeoplePanel() {
  const query = useQuery<People>(storeApi`/people`);
  return (
    <Panel
      title="People"
      text="Whoever may open the app in your control panel appears here after the first time and can only look. A change acts at once."
    >
      <Load query={query}>{({ people }) => <PeopleTable people={people} />}</Load>
    </Panel>
  );
}

const AREAS = [
  ["orders", "Orders and stock"],
  ["money", "Money"],
] as const;

type Address = Alerts["addresses"][number];
function stateOf(address: Address | undefined, mail: boolean): string | undefined {
  if (!address?.email || !mail) return undefined;
  if (!address.confirmed) return "Not confirmed yet: nothing is sent here but the code.";
  return address.lastSentAt ? `Confirmed. Last message ${dateTime(address.lastSentAt)}.` : "Confirmed.";
}

/** Whoever reads the mail of an address gives the code that came there; before that nothing else is sent to it. */
function ConfirmForm() {
  const form = useForm({ code: "" });
  const confirm = form.onSubmit(async (given) => {
    supply(storeApi`/alerts`, await post<Alerts>(storeApi`/alerts/confirm`, given));
    toast("The address is confirmed.");
  });
  return (
    <form onSubmit={confirm}>
      {form.failure.value && <Message type="error">{form.failure.value}</Message>}
      <Input
        label="Code from the message"
        text="Eight characters, for each address."
        required
        autocomplete="one-time-code"
        {...form.field("code")}
      />
      <Button type="submit" variant="secondary" busy={form.busy.value}>
        Confirm the address
      </Button>
    </form>
  );
}

function AlertForm({ alerts }: { alerts: Alerts }) {
  const saved = (area: "orders" | "money") => alerts.addresses.find((a) => a.area === area);
  // Who sets it up usually hears first; the address is only proposed until it is saved.
  const own = mode.value === "panel" ? (me.value?.user.name ?? "") : "";
  const form = useForm({ orders: saved("orders")?.email || own, money: saved("money")?.email || own });
  const testing = useSignal("");
  const locked = !can("configure");
  const send = async (area: "orders" | "money") => {
    testing.value = area;
    try {
      const { sentTo, code } = await post<AlertTest>(storeApi`/alerts/test`, { area });
      toast(code ? `A code is on its way to ${sentTo}.` : `A test message is on its way to ${sentTo}.`);
    } catch (error) {
      toast(sentence(error), "error");
    } finally {
      testing.value = "";
    }
  };
  const save = form.onSubmit(async (given) => {
    const reply = await put<Alerts>(storeApi`/alerts`, given);
    supply(storeApi`/alerts`, reply);
    invalidate(storeApi`/home`);
    toast("The addresses are saved.");
    if (!reply.mail) return;
    const fresh = reply.addresses.filter((a) => !a.confirmed && a.email !== saved(a.area)?.email);
    const once = fresh.filter((a, i) => fresh.findIndex((b) => b.email.toLowerCase() === a.email.toLowerCase()) === i);
    for (const { area } of once) await send(area);
  });
  return (
    <form onSubmit={save}>
      {!alerts.mail && (
        <Message type="warning" title="Mail is not set up by the operator">
          The addresses can be saved, but nothing is sent until whoever operates Lockstep for you has set up mail.
        </Message>
      )}
      {form.failure.value && <Message type="error">{form.failure.value}</Message>}
      {AREAS.map(([area, label]) => (
        <div key={area} class="address">
          <Input
            label={label}
            type="email"
            required
            autocomplete="email"
            disabled={locked}
            text={stateOf(saved(area), alerts.mail)}
            {...form.field(area)}
          />
          {saved(area)?.email && alerts.mail && (
            <Button variant="secondary" slim disabled={locked} busy={testing.value === area} onClick={() => void send(area)}>
              {`Send ${saved(area)?.confirmed ? "a test message" : "the code again"} to ${saved(area)?.email}`}
            </Button>
          )}
        </div>
      ))}
      <Button type="submit" busy={form.busy.value} disabled={locked}>
        Save addresses
      </Button>
    </form>
  );
}

function AlertsPanel() {
  const query = useQuery<Alerts>(storeApi`/alerts`);
  return (
    <Panel
      title="Alerts"
      text="Who should hear when something needs attention? One message for all that is new, at most every 10 minutes, each matter once."
    >
      <Load query={query}>
        {(alerts) => (
          <>
            <AlertForm alerts={alerts} />
            {alerts.mail && can("configure") && alerts.addresses.some((a) => a.email && !a.confirmed) && <ConfirmForm />}
          </>
        )}
      </Load>
    </Panel>
  );
}

export function PeopleAndAlerts() {
  return (
    <>
      {can("operate") ? (
        <AlertsPanel />
      ) : (
        <Message type="info" title="You may not see this">
          Only people who process orders see who hears of trouble, and only people who change the setup see who else may.
        </Message>
      )}
      {can("configure") && <PeoplePanel />}
    </>
  );
}
