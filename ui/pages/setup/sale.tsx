import type { FulfilMode, InvoiceDate, InvoiceWhen, LockedBooks, SaleStatus } from "../../../worker/contract.ts";
import { Panel } from "../../components/basics.tsx";
import { Input, Radios, Select, Switch } from "../../components/field.tsx";
import { store } from "../../lib/store.ts";
import { Assembly } from "./assembly.tsx";
import { AutoShip } from "./auto-ship.tsx";
import { Capacity } from "./capacity.tsx";
import { edit, tie } from "./draft.ts";
import { Pickups } from "./pickups.tsx";
import { Representatives } from "./representatives.tsx";
import type { SectionProps } from "./setup.tsx";

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
  const { settings, choices, locked } = props;
  const { sale, invoice, customers } = settings;
  return (
    <>
      <Panel title="The order in Cin7 Core">
        <Radios
          label="Orders arrive as"
          value={sale.status}
          options={STATUS}
          disabled={locked}
          {...tie("sale.status")}
          onPick={(value) =>
            edit("sale.status", (s) => {
              s.sale.status = value;
            })
          }
        />
        <Radios
          label="Pick, pack and ship"
          text="How far Cin7 Core goes by itself. An order that is short of stock waits and is told in Needs attention."
          value={sale.fulfil}
          options={FULFIL}
          disabled={locked}
          {...tie("sale.fulfil")}
          onPick={(value) =>
            edit("sale.fulfil", (s) => {
              s.sale.fulfil = value;
            })
          }
        />
        <AutoShip settings={settings} />
      </Panel>
      <Assembly {...props} />
      <Panel title="When and how to date the invoice">
        <Radios
          label="Make the invoice"
          value={invoice.when}
          options={WHEN}
          disabled={locked}
          {...tie("invoice.when")}
          onPick={(value) =>
            edit("invoice.when", (s) => {
              s.invoice.when = value;
            })
          }
        />
        <Radios
          label="Date of the invoice"
          value={invoice.date}
          options={DAY}
          disabled={locked}
          {...tie("invoice.date")}
          onPick={(value) =>
            edit("invoice.date", (s) => {
              s.invoice.date = value;
            })
          }
        />
        <Radios
          label="When the books are locked"
          text="Cin7 Core takes no document dated on or before its lock date."
          value={invoice.lockedBooks}
          options={LOCKED}
          disabled={locked}
          {...tie("invoice.lockedBooks")}
          onPick={(value) =>
            edit("invoice.lockedBooks", (s) => {
              s.invoice.lockedBooks = value;
            })
          }
        />
      </Panel>
      <Panel
        title="What every sale says"
        text="Cin7 Core has no sales channel for sales from an API. Its reports by channel show these sales under none; the fields below tell your stores apart."
      >
        <Select
          label="Sales representative"
          text="Stands on every sale of this store, unless a row below fits."
          value={sale.representative ?? ""}
          options={[["", "None"], ...choices.representatives.map((name) => [name, name] as const)]}
          disabled={locked}
          {...tie("sale.representative")}
          onChange={(e) => {
            const name = e.currentTarget.value || null;
            edit("sale.representative", (s) => {
              s.sale.representative = name;
            });
          }}
        />
        <Representatives {...props} />
        <Select
          label="Store name in additional attribute"
          text="One of the ten additional attributes of a sale in Cin7 Core."
          value={sale.channel.attribute === null ? "" : String(sale.channel.attribute)}
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
        {sale.channel.attribute !== null && (
          <Input
            label="Text of the attribute"
            text="The name under which you look for this store's sales."
            required
            value={sale.channel.text}
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
        <Input
          label="Before the order number"
          text={`The reference of a sale is the order number, now for example ${sale.referencePrefix}1042.`}
          value={sale.referencePrefix}
          disabled={locked}
          {...tie("sale.referencePrefix")}
          onInput={(e) => {
            const text = e.currentTarget.value;
            edit("sale.referencePrefix", (s) => {
              s.sale.referencePrefix = text;
            });
          }}
        />
        <Switch
          label="Begin addresses with the company"
          text="The company's name becomes the first line, the street the second. While this is off, the company has its own field."
          checked={customers.companyInAddress}
          disabled={locked}
          {...tie("customers.companyInAddress")}
          onChange={(e) => {
            const on = e.currentTarget.checked;
            edit("customers.companyInAddress", (s) => {
              s.customers.companyInAddress = on;
            });
          }}
        />
      </Panel>
      <Panel title="In BigCommerce">
        <Switch
          label="Show the sale on the order"
          text="The sale's number and how far it is are written to the order as a metafield, for other apps and reports. One more call to BigCommerce each time it changes."
          checked={settings.seen.metafield}
          disabled={locked}
          {...tie("seen.metafield")}
          onChange={(e) => {
            const on = e.currentTarget.checked;
            edit("seen.metafield", (s) => {
              s.seen.metafield = on;
            });
          }}
        />
        <Switch
          label="Also in the staff notes"
          text="One line in the staff notes of the order, which your staff sees in the control panel. Other notes stay. Two more calls to BigCommerce each time it changes."
          checked={settings.seen.staffNote}
          disabled={locked}
          {...tie("seen.staffNote")}
          onChange={(e) => {
            const on = e.currentTarget.checked;
            edit("seen.staffNote", (s) => {
              s.seen.staffNote = on;
            });
          }}
        />
      </Panel>
      <Pickups {...props} />
      <Capacity />
    </>
  );
}
