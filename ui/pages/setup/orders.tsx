import type { CaptureRule, Choices, InvoiceStatus, UnknownSku } from "../../../worker/contract/index.ts";
import { Badge, Panel } from "../../components/basics.tsx";
import { Input, Select } from "../../components/field.tsx";
import { Table } from "../../components/table.tsx";
import { dayOf } from "../../lib/format.ts";
import { CAPTURE, TAKEN } from "../../lib/words.ts";
import { Outside } from "../first-run/outside.tsx";
import { Flows } from "./connection/flows.tsx";
import { Consolidation } from "./consolidation.tsx";
import { edit, tie } from "./draft.ts";
import { RadiosAt, SelectAt, SwitchAt } from "./fields.tsx";
import { Preview } from "./preview.tsx";
import { StockLocations } from "./sale/stock-locations.tsx";
import type { SectionProps } from "./section.ts";

const RULES = (Object.keys(CAPTURE) as CaptureRule[]).map((value) => ({ value, label: CAPTURE[value].word, text: CAPTURE[value].text }));
export const INVOICE: { value: InvoiceStatus; label: string; text: string }[] = [
  { value: "draft", label: "Draft", text: "The invoice waits in Cin7 Core until you authorise it. No payment is written before that." },
  {
    value: "authorised",
    label: "Authorised",
    text: "The invoice is final at once, also for an accounting app that Cin7 Core sends it to.",
  },
  {
    value: "none",
    label: "No invoice",
    text: "You invoice in Cin7 Core. Payments wait for your invoice and follow by themselves once it is authorised.",
  },
];
export const UNKNOWN: { value: UnknownSku; label: string; text: string }[] = [
  { value: "hold", label: "Hold the order", text: "It waits in Needs attention until the SKU exists in Cin7 Core." },
  {
    value: "service-line",
    label: "Take it as an unlisted product",
    text: "The line becomes a charge item with the name from BigCommerce. It moves no stock.",
  },
];

function Statuses({ choices, rule }: { choices: Choices; rule: CaptureRule }) {
  return (
    <Panel
      title="What happens to each status"
      text={`With "${CAPTURE[rule].word}", under the names that your shop uses. An order that is cancelled or declined after it was taken: its sale in Cin7 Core is voided if nothing of it is packed or shipped and its money went back; else Needs attention says what to do.`}
    >
      <Table
        caption="Order statuses and whether they are taken"
        rows={choices.orderStatuses}
        rowKey={(s) => s.id}
        columns={[
          {
            key: "name",
            header: "Status in BigCommerce",
            head: true,
            cell: (s) => (s.customName && s.customName !== s.name ? `${s.name} (your "${s.customName}")` : s.name),
          },
          { key: "taken", header: "Order is", cell: (s) => <Badge label={TAKEN[s.taken[rule]].word} tone={TAKEN[s.taken[rule]].tone} /> },
        ]}
      />
    </Panel>
  );
}

export function Orders(props: SectionProps) {
  const { settings, choices, locked } = props;
  return (
    <>
      <Taking settings={settings} locked={locked} />
      <Consolidation settings={settings} locked={locked} />
      <SaleInCin7 {...props} />
      <Flows settings={settings} />
      <KeptDays settings={settings} locked={locked} />
      <Statuses choices={choices} rule={settings.orders.captureWhen} />
    </>
  );
}

type Part = Pick<SectionProps, "settings" | "locked">;

function Taking({ settings, locked }: Part) {
  return (
    <Panel title="Taking orders">
      <SwitchAt
        at="orders.on"
        label="Take orders"
        text="While this is off, nothing is sent to Cin7 Core. When you switch it on, orders are taken from the day below; how many stay outside is said there."
        locked={locked}
      />
      <RadiosAt
        at="orders.captureWhen"
        label="Take orders when they are"
        text="The moment at which an order becomes a sale in Cin7 Core."
        options={RULES}
        locked={locked}
      />
      <Input
        label="Take orders from"
        text="Orders placed before this day stay out. Leave it empty to begin with the moment you switch orders on: then also those placed before it today stay out."
        type="date"
        value={dayOf(settings.orders.takeFrom)}
        disabled={locked}
        {...tie("orders.takeFrom")}
        onInput={(e) => {
          const day = e.currentTarget.value || null;
          edit("orders.takeFrom", (s) => {
            s.orders.takeFrom = day;
          });
        }}
      />
      <Outside />
      <Preview />
    </Panel>
  );
}

function SaleInCin7(props: SectionProps) {
  const { settings, choices, locked } = props;
  return (
    <Panel title="The sale in Cin7 Core">
      <ShipFrom settings={settings} choices={choices} locked={locked} />
      <StockLocations {...props} />
      <RadiosAt
        at="orders.unknownSku"
        label="When a SKU is not in Cin7 Core"
        text="What to do with an order whose product Cin7 Core does not know."
        options={UNKNOWN}
        locked={locked}
      />
      <RadiosAt
        at="invoice.status"
        label="Invoice"
        text="How far Lockstep takes the invoice of each sale."
        options={INVOICE}
        locked={locked}
      />
      <SelectAt
        at="invoice.revenueAccount"
        label="Revenue account"
        text="Optional. One account for all product lines and charges, in place of the accounts of products and customers."
        options={[["", "From the product or customer"], ...choices.chargeAccounts.map((a) => [a.code, `${a.code} ${a.name}`] as const)]}
        locked={locked}
      />
    </Panel>
  );
}

export const ShipFrom = ({ settings, choices, locked }: Pick<SectionProps, "settings" | "choices" | "locked">) => (
  <Select
    label="Ship from"
    text="The location on every sale; its stock is allocated."
    required
    value={settings.location.salesShipFrom?.id ?? ""}
    options={[["", "Choose a location"], ...choices.locations.map((l) => [l.id, l.isDefault ? `${l.name} (default)` : l.name] as const)]}
    disabled={locked}
    {...tie("location.salesShipFrom")}
    onChange={(e) => {
      const found = choices.locations.find((l) => l.id === e.currentTarget.value);
      edit("location.salesShipFrom", (s) => {
        s.location.salesShipFrom = found ? { id: found.id, name: found.name } : null;
      });
    }}
  />
);

function KeptDays({ settings, locked }: Part) {
  return (
    <Panel
      title="What is kept of finished orders"
      text="Names, addresses and every message sent and answered go from Lockstep so many days after an order is finished. The link to its sale, its figures and its payments stay."
    >
      <Input
        label="Days"
        text="From 7 to 90."
        type="number"
        min={7}
        max={90}
        required
        value={String(settings.keep.days)}
        disabled={locked}
        {...tie("keep.days")}
        onInput={(e) => {
          const days = Number(e.currentTarget.value);
          edit("keep.days", (s) => {
            s.keep.days = days;
          });
        }}
      />
    </Panel>
  );
}
