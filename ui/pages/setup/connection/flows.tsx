import type { Settings } from "../../../../worker/contract/index.ts";
import { PAGE_OF, type SetupField, setupAt, titleOf } from "../../../../worker/contract/setup-pages.ts";
import { Badge, Panel } from "../../../components/basics.tsx";
import { Table } from "../../../components/table.tsx";
import { storePath } from "../../../lib/store.ts";

type Flow = { name: string; on: boolean; what: string; switch: SetupField };

/** A metafield is read by other apps; a person sees the staff note alone. */
const seenBy = ({ metafield, staffNote }: Settings["seen"]): string => {
  const field = "other apps can read the sale of an order and how far it is";
  if (!staffNote) return `Nobody sees it on the order: ${field}.`;
  return `The order's staff notes say which sale it is and how far.${metafield ? ` And ${field}.` : ""}`;
};

const flowsOf = ({ orders, invoice, payments, seen }: Settings): Flow[] => [
  { name: "Orders to Cin7", on: orders.on, what: "Orders become sales.", switch: "orders.on" },
  { name: "Invoices", on: invoice.status !== "none", what: "Each sale gets its invoice.", switch: "invoice.status" },
  {
    name: "Payments",
    on: payments.on && invoice.status !== "none",
    what: "Money received is written to the invoice.",
    switch: "payments.on",
  },
  {
    name: "Sale number back to BigCommerce",
    on: seen.metafield || seen.staffNote,
    what: seenBy(seen),
    switch: "seen.metafield",
  },
];

const titleAt = (field: SetupField) => titleOf(PAGE_OF[field]);

/** What is switched on, each by itself (F1). */
export const Flows = ({ settings }: { settings: Settings }) => (
  <Panel title="What is switched on" text="Each has a switch of its own. What is off writes nothing.">
    <Table
      caption="What is switched on"
      rows={flowsOf(settings)}
      rowKey={(flow) => flow.name}
      columns={[
        { key: "name", header: "What", head: true, cell: (flow) => flow.name },
        { key: "on", header: "Now", cell: (flow) => <Badge label={flow.on ? "On" : "Off"} tone={flow.on ? "success" : "quiet"} /> },
        { key: "what", header: "What it does", cell: (flow) => flow.what },
        { key: "where", header: "Its switch", cell: (flow) => <a href={storePath(setupAt(flow.switch))}>{titleAt(flow.switch)}</a> },
      ]}
    />
    <p class="muted">
      Stock, prices, shipments, refunds and payouts are not carried. <a href={storePath("/help")}>What you still do yourself</a>
    </p>
  </Panel>
);
