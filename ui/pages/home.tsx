import type { ChecklistStep, Home as HomeData, OrderRow } from "../../worker/contract/index.ts";
import { Badge, Button, Message, Panel } from "../components/basics.tsx";
import { DoneIcon, LaterIcon, TodoIcon } from "../components/icons.tsx";
import { Empty, Load } from "../components/load.tsx";
import { SaleLink, State } from "../components/order-bits.tsx";
import { PageHead } from "../components/page-head.tsx";
import { type Column, Table } from "../components/table.tsx";
import { count, moment, money, plural, readable } from "../lib/format.ts";
import { giveRole } from "../lib/people.ts";
import { useQuery } from "../lib/query.ts";
import { storeApi, storePath } from "../lib/store.ts";
import { PaceOfDay } from "./home-pace.tsx";
import { OrdersSwitch } from "./home-switch.tsx";

const GO: Record<ChecklistStep["id"], string> = {
  connect: "Connect Cin7 Core",
  alerts: "Name who hears",
  "other-connection": "Look for one",
  "ship-from": "Choose a location",
  "take-orders": "Choose when",
  tax: "Match tax classes",
  payments: "Match payment methods",
  charges: "Set up charges",
  customer: "Choose customers",
  trial: "Try your last orders",
  "orders-on": "Switch orders on",
  "open-orders": "Choose open orders",
};

function Step({ step }: { step: ChecklistStep }) {
  const Icon = step.state === "done" ? DoneIcon : step.state === "todo" ? TodoIcon : LaterIcon;
  const word = step.state === "done" ? "Done" : step.state === "todo" ? "To do" : "Needs an earlier step first";
  return (
    <li class={step.state}>
      <Icon title={word} />
      <h3>{step.title}</h3>
      <p>{readable(step.text)}</p>
      {step.state !== "blocked" && (
        <a
          class={`go btn ${step.state === "done" ? "subtle" : "secondary"}`}
          href={storePath(step.to)}
          aria-label={step.state === "done" ? `Change: ${step.title}` : undefined}
        >
          {step.state === "done" ? "Change" : GO[step.id]}
        </a>
      )}
    </li>
  );
}

/** Connected, and nothing of Setup chosen yet. */
const isUntouched = (steps: ChecklistStep[]) =>
  steps.filter(({ id }) => ["ship-from", "tax", "charges", "customer"].includes(id)).every(({ state }) => state === "todo");

function Checklist({ steps }: { steps: ChecklistStep[] }) {
  const done = steps.filter((s) => s.state === "done").length;
  return (
    <Panel
      title="Set up Lockstep"
      text="About 10 minutes. You can stop and come back. No order is written to Cin7 Core before you switch orders on."
      actions={<span class="muted">{`${done} of ${steps.length} done`}</span>}
    >
      {isUntouched(steps) && (
        <div class="actions apart">
          <a class="btn primary" href={storePath("/first-run/proposal")}>
            See what we propose
          </a>
          <span>Most of it is known from BigCommerce and Cin7 Core: look through it once, then take orders.</span>
        </div>
      )}
      <ol class="steps">
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
    </Panel>
  );
}

function Today({ today }: { today: HomeData["today"] }) {
  const parts = [today.inCin7, today.waiting, today.held, today.notTaken];
  const sum = parts.reduce((a, b) => a + b, 0);
  const tiles: [string, number, string, string?][] = [
    ["In Cin7", today.inCin7, "/orders/log?state=sent"],
    ["Waiting", today.waiting, "/orders/pending?state=pending"],
    ["Held", today.held, "/orders/pending?state=held", today.held ? "alert" : undefined],
    ["Not taken", today.notTaken, "/orders/log?state=not-taken"],
  ];
  let x = 0;
  return (
    <Panel title="Today" text={sum ? `${plural(sum, "order was", "orders were")} placed today.` : "No order was placed today yet."}>
      {sum > 0 && (
        <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          {parts.map((n, i) => {
            const width = (n / sum) * 100;
            x += width;
            return <rect key={i} class={`s${i}`} x={x - width} y="0" width={width} height="4" />;
          })}
        </svg>
      )}
      <div class="tiles">
        {tiles.map(([label, n, to, look]) => (
          <a key={label} class={look} href={storePath(to)}>
            <b>{count(n)}</b> {label}
          </a>
        ))}
      </div>
    </Panel>
  );
}

function Meter({ meter }: { meter: NonNullable<HomeData["meter"]> }) {
  const span = meter.windowMs === 60_000 ? "minute" : `${Math.round(meter.windowMs / 1000)} seconds`;
  const people = Math.max(meter.used - meter.quota, 0);
  const text = `${count(meter.used - people)} of ${count(meter.quota)} used in the last ${span}${people ? `, and ${count(people)} kept for people` : ""}`;
  return (
    <Panel title="Cin7 allows 60 calls a minute">
      <label>
        {text}
        <progress
          class={`meter${meter.used >= meter.quota ? " full-up" : ""}`}
          max={meter.quota}
          value={Math.min(meter.used, meter.quota)}
        />
      </label>
      <p class="small muted">
        {meter.waitingCalls > 0
          ? `${plural(meter.waitingCalls, "call waits", "calls wait")}${meter.clearsAt ? `, the last one goes about ${moment(meter.clearsAt)}` : ""}. Nothing is lost.`
          : meter.quota < 60
            ? "Nothing waits. The rest is left to your other tools."
            : "Nothing waits."}
      </p>
      {meter.demand.length > 0 && (
        <dl class="facts">
          {meter.demand.map(({ label, calls }) => [
            <dt key={label}>{label}</dt>,
            <dd key={`${label}-n`}>{plural(calls, "call", "calls")}</dd>,
          ])}
        </dl>
      )}
    </Panel>
  );
}

const COLUMNS: Column<OrderRow>[] = [
  { key: "id", header: "Order", head: true, cell: (r) => <a href={storePath(`/orders/${r.id}`)}>{String(r.id)}</a> },
  { key: "placedAt", header: "Placed", class: "nowrap", cell: (r) => moment(r.placedAt) },
  { key: "customer", header: "Customer", cell: (r) => r.customer },
  { key: "total", header: "Total", num: true, cell: (r) => money(r.total, r.currency) },
  {
    key: "state",
    header: "State",
    cell: (r) => <State row={r} />,
  },
  { key: "sale", header: "Sale in Cin7", class: "nowrap", cell: (r) => <SaleLink row={r} /> },
];

/** Who came in and can only look: told until somebody decides (M47). */
function NewPeople({ people }: { people: HomeData["newPeople"] }) {
  if (!people.length) return null;
  return (
    <>
      {people.map((person) => (
        <Message key={person.id} type="info" title={`${person.email} can only look. Let them work?`}>
          <div class="actions">
            <Button variant="secondary" slim onClick={() => void giveRole(person, "operate")}>
              {`Let ${person.email} process orders`}
            </Button>
            <Button variant="subtle" slim onClick={() => void giveRole(person, "view")}>
              Only look
            </Button>
            <a href={storePath("/setup/people")}>People</a>
          </div>
        </Message>
      ))}
    </>
  );
}

const Recent = ({ rows, on }: { rows: OrderRow[]; on: boolean }) => (
  <Panel
    title="Recent orders"
    actions={
      <>
        <a href={storePath("/first-run/open-orders")}>Open orders from before</a> <a href={storePath("/orders/log")}>All orders</a>
      </>
    }
  >
    {rows.length ? (
      <Table caption="Recent orders" columns={COLUMNS} rows={rows} rowKey={(r) => r.id} />
    ) : (
      <Empty title="No orders yet">
        {on
          ? "The first order appears here within seconds after it is placed."
          : "Orders are off: none is taken in before they are switched on."}
      </Empty>
    )}
  </Panel>
);

export default function Home() {
  const query = useQuery<HomeData>(storeApi`/home`, { poll: 15_000 });
  const home = query.data.value;
  const badge = home && <Badge label={home.ordersOn ? "Orders on" : "Orders off"} tone={home.ordersOn ? "success" : "secondary"} />;
  return (
    <>
      <PageHead
        title="Home"
        badge={badge}
        actions={home && <OrdersSwitch on={home.ordersOn} ready={home.ready} waiting={home.header.waiting} />}
        text="Is everything moving, and does anything need me?"
      />
      <Load query={query} lines={6}>
        {(data) => {
          const open = data.checklist.some((s) => s.state !== "done");
          return (
            <>
              <NewPeople people={data.newPeople} />
              {open && <Checklist steps={data.checklist} />}
              <div class={data.meter ? "cols" : undefined}>
                <Today today={data.today} />
                {data.meter && <Meter meter={data.meter} />}
              </div>
              <PaceOfDay />
              <Recent rows={data.recent} on={data.ordersOn} />
            </>
          );
        }}
      </Load>
    </>
  );
}
