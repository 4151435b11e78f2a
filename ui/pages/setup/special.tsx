import type { Settings } from "../../../worker/contract/index.ts";
import { Button, Panel } from "../../components/basics.tsx";
import { Input, Select } from "../../components/field.tsx";
import { edit, tie } from "./draft.ts";
import type { SectionProps } from "./section.ts";

type Special = Settings["tax"]["special"][number];

/** Tax rules by the tax's name, the country or exempt customers, before those of the class (M5). */
export function SpecialRules({ settings, choices, locked }: SectionProps) {
  const { special, classes } = settings.tax;
  return (
    <Panel
      title="Special tax rules"
      text="Optional. A rule for one country, one tax or tax-exempt customers comes before the rule of the class, for example for exports. The first that fits counts. Goods that are taxed at 0 % for everybody have a tax class of their own: choose their rule above."
      actions={
        <Button
          variant="secondary"
          disabled={locked || classes.length === 0}
          onClick={() =>
            edit("tax.special", (s) => {
              s.tax.special.push({ classId: s.tax.classes[0]?.classId ?? 0, side: "without", taxName: "", country: "", rule: "" });
            })
          }
        >
          Add special rule
        </Button>
      }
    >
      {special.map((row, i) => (
        <SpecialRule key={i} i={i} row={row} classes={classes} choices={choices} locked={locked} />
      ))}
    </Panel>
  );
}

type RuleProps = Pick<SectionProps, "choices" | "locked"> & { i: number; row: Special; classes: Settings["tax"]["classes"] };

function SpecialRule(props: RuleProps) {
  const { i, locked } = props;
  return (
    <fieldset class="special">
      <legend>{`Special rule ${i + 1}`}</legend>
      <SpecialFields {...props} />
      <div class="actions">
        <Button
          variant="subtle"
          slim
          disabled={locked}
          onClick={() =>
            edit("tax.special", (s) => {
              s.tax.special.splice(i, 1);
            })
          }
        >
          {`Remove special rule ${i + 1}`}
        </Button>
      </div>
    </fieldset>
  );
}

function SpecialFields({ i, row, classes, choices, locked }: RuleProps) {
  const change = (field: keyof Special, value: Special[keyof Special]) =>
    edit(`tax.special.${i}.${field}`, (s) => {
      const target = s.tax.special[i];
      if (target) Object.assign(target, { [field]: value });
    });
  return (
    <div class="pairs">
      <Select
        label="Tax class"
        value={row.classId === null ? "" : String(row.classId)}
        options={[["", "Every tax class"], ...classes.map((c) => [String(c.classId), c.className] as const)]}
        disabled={locked}
        {...tie(`tax.special.${i}.classId`)}
        onChange={(e) => change("classId", e.currentTarget.value === "" ? null : Number(e.currentTarget.value))}
      />
      <Select
        label="When"
        value={row.side}
        options={[
          ["with", "Tax was charged"],
          ["without", "No tax was charged"],
        ]}
        disabled={locked}
        {...tie(`tax.special.${i}.side`)}
        onChange={(e) => change("side", e.currentTarget.value as Special["side"])}
      />
      <Select
        label="Customers"
        text="Exempt ones have a tax-exempt category in BigCommerce; the rule costs one more call to it for each registered customer's order."
        value={row.customers ?? ""}
        options={[
          ["", "All customers"],
          ["exempt", "Tax-exempt customers"],
        ]}
        disabled={locked}
        {...tie(`tax.special.${i}.customers`)}
        onChange={(e) => change("customers", e.currentTarget.value === "exempt" ? "exempt" : undefined)}
      />
      <Input
        label="Country"
        text="NZ, or !AU for all but Australia; empty for all."
        value={row.country}
        disabled={locked}
        {...tie(`tax.special.${i}.country`)}
        onInput={(e) => change("country", e.currentTarget.value)}
      />
      <Input
        label="Name of the tax"
        text="As BigCommerce writes it on the order; empty for all."
        value={row.taxName}
        disabled={locked}
        {...tie(`tax.special.${i}.taxName`)}
        onInput={(e) => change("taxName", e.currentTarget.value)}
      />
      <Select
        label="Tax rule in Cin7"
        required
        value={row.rule}
        options={[["", "Choose a tax rule"], ...choices.taxRules.filter((r) => r.active).map((r) => [r.name, r.name] as const)]}
        disabled={locked}
        {...tie(`tax.special.${i}.rule`)}
        onChange={(e) => change("rule", e.currentTarget.value)}
      />
    </div>
  );
}
