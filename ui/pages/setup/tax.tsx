import { useSignal } from "@preact/signals";
import type { Choices, Settings } from "../../../worker/contract/index.ts";
import { Badge, Button, Message, Panel } from "../../components/basics.tsx";
import { CellSelect, type Options } from "../../components/field.tsx";
import { Empty } from "../../components/load.tsx";
import { Table } from "../../components/table.tsx";
import { toast } from "../../components/toast.tsx";
import { plural, quantity } from "../../lib/format.ts";
import { store } from "../../lib/store.ts";
import { CsvPanel } from "./csv.tsx";
import { edit, tie, useFirst } from "./draft.ts";
import type { SectionProps } from "./section.ts";
import { SpecialRules } from "./special.tsx";

type TaxClass = Settings["tax"]["classes"][number];

const missing = (settings: Settings, choices: Choices) =>
  choices.taxClasses.filter((c) => !settings.tax.classes.some((row) => row.classId === c.id));

/** The default class is always there; without any list nothing is said. */
const isGone = ({ taxClasses }: Choices, { classId }: TaxClass) =>
  classId !== 0 && taxClasses.length > 0 && !taxClasses.some((c) => c.id === classId);

/** One that BigCommerce no longer has can go, once no order needs it. */
function ClassName({ row, gone, locked, i }: { row: TaxClass; gone: boolean; locked: boolean; i: number }) {
  if (!gone) return <>{row.className}</>;
  return (
    <>
      {row.className} <Badge label="No longer in BigCommerce" tone="warning" />{" "}
      <Button
        variant="subtle"
        slim
        disabled={locked}
        onClick={() =>
          edit("tax.classes", (s) => {
            s.tax.classes.splice(i, 1);
          })
        }
      >
        {`Remove ${row.className}`}
      </Button>
    </>
  );
}

export function Tax({ settings, choices, reload, locked }: SectionProps) {
  const rules: Options = [
    ["", "Choose a tax rule"],
    ...choices.taxRules.filter((r) => r.active).map((r) => [r.name, `${r.name} (${quantity(r.percent)} %)`] as const),
  ];
  const busy = useSignal(false);
  const now = store.value?.pricesIncludeTax;
  const fresh = missing(settings, choices);
  const add = (live: Choices) =>
    edit("tax.classes", (s) => {
      for (const c of missing(s, live)) s.tax.classes.push({ classId: c.id, className: c.name, withTax: null, withoutTax: null });
      for (const row of s.tax.classes) row.className = live.taxClasses.find((c) => c.id === row.classId)?.name ?? row.className;
    });
  useFirst(locked || settings.tax.classes.length > 0, () => add(choices));
  const load = async () => {
    busy.value = true;
    const live = await reload();
    busy.value = false;
    if (!live) return;
    const added = missing(settings, live).length;
    add(live);
    toast(added ? `${plural(added, "tax class was", "tax classes were")} added.` : "All tax classes of BigCommerce are in the table.");
  };
  const cell = (key: "withTax" | "withoutTax", words: string) => (row: TaxClass, i: number) => (
    <>
      <CellSelect
        label={`${row.className}: ${words}`}
        options={rules}
        value={row[key] ?? ""}
        disabled={locked}
        {...tie(`tax.classes.${i}.${key}`)}
        onChange={(e) => {
          const value = e.currentTarget.value || null;
          edit(`tax.classes.${i}.${key}`, (s) => {
            const target = s.tax.classes[i];
            if (target) target[key] = value;
          });
        }}
      />
      {row[key] === null && settings.orders.on && <small class="warn-note">Orders that need it are held.</small>}
    </>
  );
  return (
    <>
      <Panel
        title="Tax"
        text={`Which Cin7 tax rule each BigCommerce tax class gets. The amount of tax is always the one from the order. Your shop's prices ${store.value?.pricesIncludeTax ? "include" : "do not include"} tax.`}
        actions={
          <Button variant="secondary" disabled={locked} busy={busy.value} onClick={() => void load()}>
            Load from BigCommerce
          </Button>
        }
      >
        {fresh.length > 0 && settings.tax.classes.length > 0 && (
          <Message
            type="warning"
            title={`${plural(fresh.length, "tax class", "tax classes")} of BigCommerce ${fresh.length === 1 ? "is" : "are"} not in this table yet`}
          >
            Orders that need {fresh.length === 1 ? "it" : "them"} are held: {fresh.map((c) => c.name).join(", ")}.
            <div class="actions">
              <Button slim disabled={locked} onClick={() => add(choices)}>
                {`Add ${plural(fresh.length, "tax class", "tax classes")}`}
              </Button>
            </div>
          </Message>
        )}
        {now !== undefined && settings.tax.pricesIncludeTax !== null && now !== settings.tax.pricesIncludeTax && (
          <Message type="warning" title={`The shop's prices ${now ? "now include tax" : "no longer include tax"}`}>
            {`Setup was saved when they ${now ? "did not" : "did"}. Look through the rules below. If it was a mistake, change it back in BigCommerce.`}
            <div class="actions">
              <Button
                slim
                disabled={locked}
                onClick={() =>
                  edit("tax.pricesIncludeTax", (s) => {
                    s.tax.pricesIncludeTax = now;
                  })
                }
              >
                {`Confirm: prices ${now ? "include" : "do not include"} tax`}
              </Button>
            </div>
          </Message>
        )}
        {settings.tax.classes.length ? (
          <Table
            caption="Tax classes and tax rules"
            rows={settings.tax.classes}
            rowKey={(row) => row.classId}
            columns={[
              {
                key: "class",
                header: "BigCommerce tax class",
                head: true,
                cell: (row, i) => <ClassName row={row} gone={isGone(choices, row)} locked={locked} i={i} />,
              },
              { key: "with", header: "When tax was charged", wide: true, cell: cell("withTax", "when tax was charged") },
              { key: "without", header: "No tax charged", wide: true, cell: cell("withoutTax", "no tax charged") },
            ]}
          />
        ) : (
          <Empty title="No tax classes yet">Load them from BigCommerce, then choose a Cin7 tax rule for each.</Empty>
        )}
      </Panel>
      <SpecialRules settings={settings} choices={choices} reload={reload} locked={locked} />
      <CsvPanel kind="tax" locked={locked} />
    </>
  );
}
