import type { FulfilMode, InvoiceDate, InvoiceWhen, LockedBooks, SaleStatus, Settings } from "../../../../worker/contract/index.ts";
import { Panel } from "../../../components/basics.tsx";
import { Input, Select } from "../../../components/field.tsx";
import { store } from "../../../lib/store.ts";
import { Capacity } from "../capacity.tsx";
import { edit, tie } from "../draft.ts";
import { InputAt, RadiosAt, SelectAt, SwitchAt } from "../fields.tsx";
import type { SectionProps } from "../section.ts";
import { Assembly } from "./assembly.tsx";
import { AutoShip } from "./auto-ship.tsx";
import { Pickups } from "./pickups.tsx";
import { Representatives } from "./representatives.tsx";

type Choice<V extends string> = { value: V; label: string; text: string }[];
const STATUS: Choice<SaleStatus> = [
  { value: "authorised", label: "Authorised", text: "Cin7 Core allocates the stock at once." },
  {
    value: "draft",
    label: "Draft",
    text: "You authorise each order in Cin7 Core. Until then it allocates nothing, and Lockstep holds the stock.",
  },
];
const FULFIL: Choice<FulfilMode> = [
  { value: "none", label: "By hand", text: "Your warehouse picks, packs and ships in Cin7 Core." },
  { value: "pick", label: "Pick", text: "Cin7 Core picks the order when all of its stock is there." },
  { value: "pick-pack", label: "Pick and pack", text: "Cin7 Core picks and packs it when all of its stock is there." },
  {
    value: "pick-pack-ship",
    label: "Pick, pack and ship",
    text: "Cin7 Core takes the goods out of stock at once. No shipment is taken from or sent to BigCommerce.",
  },
];
const WHEN: Choice<InvoiceWhen> = [
  { value: "with-order", label: "With the order", text: "The invoice is made as soon as the order is in Cin7 Core." },
  { value: "when-shipped", label: "When it is shipped", text: "Money that came before waits for the invoice and is listed on the order." },
];
const DAY: Choice<InvoiceDate> = [
  { value: "met", label: "The day it was taken", text: "For example the day of the payment, in your store's time zone." },
  { value: "placed", label: "The day it was placed", text: "The day on which the shopper ordered." },
  { value: "shipped", label: "The day it was shipped", text: "Only with invoices that are made when it is shipped." },
];
const LOCKED: Choice<LockedBooks> = [
  { value: "ask", label: "Ask", text: "The invoice or payment waits in Needs attention, once for each period." },
  {
    value: "first-open-day",
    label: "Use the first open day",
    text: "It is dated the day after the lock date, with its true date in the memo.",
  },
];
const NUMBERS = Array.from({ length: 10 }, (_, i) => String(i + 1));

export function Sale(props: SectionProps) {
  const { settings, locked } = props;
  return (
    <>
      <OrderPanel settings={settings} locked={locked} />
      <Assembly {...props} />
      <InvoicePanel locked={locked} />
      <WordsPanel {...props} />
      <InBigCommerce locked={locked} />
      <Pickups {...props} />
      <Capacity />
    </>
  );
}

const OrderPanel = ({ settings, locked }: Pick<SectionProps, "settings" | "locked">) => (
  <Panel title="The order in Cin7 Core">
    <RadiosAt at="sale.status" label="Orders arrive as" options={STATUS} locked={locked} />
    <RadiosAt
      at="sale.fulfil"
      label="Pick, pack and ship"
      text="How far Cin7 Core goes by itself. An order that is short of stock waits and is told in Needs attention."
      options={FULFIL}
      locked={locked}
    />
    <AutoShip settings={settings} />
  </Panel>
);

const InvoicePanel = ({ locked }: { locked: boolean }) => (
  <Panel title="When and how to date the invoice">
    <RadiosAt at="invoice.when" label="Make the invoice" options={WHEN} locked={locked} />
    <RadiosAt at="invoice.date" label="Date of the invoice" options={DAY} locked={locked} />
    <RadiosAt
      at="invoice.lockedBooks"
      label="When the books are locked"
      text="Cin7 Core takes no document dated on or before its lock date."
      options={LOCKED}
      locked={locked}
    />
  </Panel>
);

function WordsPanel(props: SectionProps) {
  const { choices, locked } = props;
  const { sale } = props.settings;
  return (
    <Panel
      title="What every sale says"
      text="Cin7 Core has no sales channel for sales from an API. Its reports by channel show these sales under none; the fields below tell your stores apart."
    >
      <SelectAt
        at="sale.representative"
        label="Sales representative"
        text="Stands on every sale of this store, unless a row below fits."
        options={[["", "None"], ...choices.representatives.map((name) => [name, name] as const)]}
        locked={locked}
      />
      <Representatives {...props} />
      <StoreAttribute channel={sale.channel} locked={locked} />
      <InputAt
        at="sale.referencePrefix"
        label="Before the order number"
        text={`The reference of a sale is the order number, now for example ${sale.referencePrefix}1042.`}
        locked={locked}
      />
      <SwitchAt
        at="customers.companyInAddress"
        label="Begin addresses with the company"
        text="The company's name becomes the first line, the street the second. While this is off, the company has its own field."
        locked={locked}
      />
    </Panel>
  );
}

/** One of the ten additional attributes of a sale tells the stores of an account apart. */
function StoreAttribute({ channel, locked }: { channel: Settings["sale"]["channel"]; locked: boolean }) {
  return (
    <>
      <Select
        label="Store name in additional attribute"
        text="One of the ten additional attributes of a sale in Cin7 Core."
        value={channel.attribute === null ? "" : String(channel.attribute)}
        options={[["", "None"], ...NUMBERS.map((n) => [n, `Additional attribute ${n}`] as const)]}
        disabled={locked}
        {...tie("sale.channel.attribute")}
        onChange={(e) => {
          const number = e.currentTarget.value ? Number(e.currentTarget.value) : null;
          edit("sale.channel.attribute", (s) => {
            s.sale.channel.attribute = number;
            if (number !== null && s.sale.channel.text === "") s.sale.channel.text = store.peek()?.name ?? "";
          });
        }}
      />
      {channel.attribute !== null && (
        <Input
          label="Text of the attribute"
          text="The name under which you look for this store's sales."
          required
          value={channel.text}
          disabled={locked}
          {...tie("sale.channel.text")}
          onInput={(e) => {
            const text = e.currentTarget.value;
            edit("sale.channel.text", (s) => {
              s.sale.channel.text = text;
            });
          }}
        />
      )}
    </>
  );
}

const InBigCommerce = ({ locked }: { locked: boolean }) => (
  <Panel title="In BigCommerce">
    <SwitchAt
      at="seen.metafield"
      label="Tell other apps which sale an order is"
      text="The sale's number and how far it is are written to the order as a metafield, for other apps and reports. One more call to BigCommerce each time it changes."
      locked={locked}
    />
    <SwitchAt
      at="seen.staffNote"
      label="Show the sale in the staff notes"
      text="One line in the staff notes of the order, which your staff sees in the control panel. Other notes stay. Two more calls to BigCommerce each time it changes."
      locked={locked}
    />
  </Panel>
);
