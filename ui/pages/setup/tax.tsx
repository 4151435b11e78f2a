import type { Choices, Settings } from "../../../worker/contract/index.ts";
import { Badge, Button, Message, Panel } from "../../components/basics.tsx";
import { CellSelect, type Options } from "../../components/field.tsx";
import { Empty } from "../../components/load.tsx";
import { Table } from "../../components/table.tsx";
import { plural, quantity } from "../../lib/format.ts";
import { store } from "../../lib/store.ts";
import { CsvPanel } from "./csv.tsx";
import { edit, tie } from "./draft.ts";
import { useListed } from "./listed.ts";
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
  const { busy, add, load } = useClasses({ settings, choices, reload, locked });
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
        {settings.tax.classes.length > 0 && <NewClasses names={missing(settings, choices).map((c) => c.name)} add={add} locked={locked} />}
        <OtherBasis saved={settings.tax.pricesIncludeTax} locked={locked} />
        {settings.tax.classes.length ? (
          <ClassRules settings={settings} choices={choices} locked={locked} />
        ) : (
          <Empty title="No tax classes yet">Load them from BigCommerce, then choose a Cin7 tax rule for each.</Empty>
        )}
      </Panel>
      <SpecialRules settings={settings} choices={choices} reload={reload} locked={locked} />
      <CsvPanel kind="tax" locked={locked} />
    </>
  );
}

/** Each tax class with its rules. */
export function ClassRules({ settings, choices, locked }: Pick<SectionProps, "settings" | "choices" | "locked">) {
  const rules: Options = [
    ["", "Choose a tax rule"],
    ...choices.taxRules.filter((r) => r.active).map((r) => [r.name, `${r.name} (${quantity(r.percent)} %)`] as const),
  ];
  const cell = (side: Side, words: string) => (row: TaxClass, i: number) => (
    <RuleCell i={i} row={row} side={side} words={words} rules={rules} on={settings.orders.on} locked={locked} />
  );
  return (
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
  );
}

const useClasses = (props: SectionProps) =>
  useListed(props, {
    isEmpty: props.settings.tax.classes.length === 0,
    missing: (live) => missing(props.settings, live).length,
    put: (live) =>
      edit("tax.classes", (s) => {
        for (const c of missing(s, live)) s.tax.classes.push({ classId: c.id, className: c.name, withTax: null, withoutTax: null });
        for (const row of s.tax.classes) row.className = live.taxClasses.find((c) => c.id === row.classId)?.name ?? row.className;
      }),
    words: ["tax class", "tax classes"],
  });

/** BigCommerce has classes that Setup does not know: orders that need them are held. */
function NewClasses({ names, add, locked }: { names: readonly string[]; add: () => void; locked: boolean }) {
  if (names.length === 0) return null;
  const one = names.length === 1;
  return (
    <Message
      type="warning"
      title={`${plural(names.length, "tax class", "tax classes")} of BigCommerce ${one ? "is" : "are"} not in this table yet`}
    >
      Orders that need {one ? "it" : "them"} are held: {names.join(", ")}.
      <div class="actions">
        <Button slim disabled={locked} onClick={add}>
          {`Add ${plural(names.length, "tax class", "tax classes")}`}
        </Button>
      </div>
    </Message>
  );
}

/** The shop's prices are entered otherwise than when Setup was saved (F152): a person looks, then confirms. */
function OtherBasis({ saved, locked }: { saved: boolean | null; locked: boolean }) {
  const now = store.value?.pricesIncludeTax;
  if (now === undefined || saved === null || now === saved) return null;
  return (
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
  );
}

type Side = "withTax" | "withoutTax";

function RuleCell(props: { i: number; row: TaxClass; side: Side; words: string; rules: Options; on: boolean; locked: boolean }) {
  const { i, row, side, words, rules, on, locked } = props;
  const path = `tax.classes.${i}.${side}`;
  return (
    <>
      <CellSelect
        label={`${row.className}: ${words}`}
        options={rules}
        value={row[side] ?? ""}
        disabled={locked}
        {...tie(path)}
        onChange={(e) => {
          const value = e.currentTarget.value || null;
          edit(path, (s) => {
            const target = s.tax.classes[i];
            if (target) target[side] = value;
          });
        }}
      />
      {row[side] === null && on && <small class="warn-note">Orders that need it are held.</small>}
    </>
  );
}
