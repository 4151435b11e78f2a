import type { Settings } from "../../../../worker/contract/index.ts";
import { Button } from "../../../components/basics.tsx";
import { Select } from "../../../components/field.tsx";
import { edit, tie } from "../draft.ts";
import type { SectionProps } from "../section.ts";

type Row = Settings["sale"]["representatives"][number];
type Source = Pick<Row, "by" | "id" | "name">;

const keyOf = ({ by, id }: Pick<Row, "by" | "id">) => `${by}:${id}`;
const wordOf = ({ by, name }: Source) => `${by === "channel" ? "Channel" : "Customer group"} ${name}`;

/** Sales representatives by the channel of the order or the group of its customer (F30). */
export function Representatives({ settings, choices, locked }: SectionProps) {
  const rows = settings.sale.representatives;
  const sources: Source[] = [
    ...choices.customerGroups.map(({ id, name }) => ({ by: "group" as const, id, name })),
    ...choices.channels.map(({ id, name }) => ({ by: "channel" as const, id, name })),
  ];
  const free = sources.filter((source) => !rows.some((row) => keyOf(row) === keyOf(source)));
  return (
    <fieldset class="field">
      <legend>Other sales representatives</legend>
      <small>
        By the group of the customer or the channel of the order. The first that fits counts; a row for a group costs one more call to
        BigCommerce for each order of a registered customer.
      </small>
      {rows.map((row, i) => (
        <RepresentativeRow key={keyOf(row)} i={i} row={row} free={free} names={choices.representatives} locked={locked} />
      ))}
      <div class="actions">
        <Button
          variant="secondary"
          slim
          disabled={locked || free.length === 0}
          onClick={() =>
            edit("sale.representatives", (s) => {
              const [first] = free;
              if (first) s.sale.representatives.push({ ...first, representative: "" });
            })
          }
        >
          Add a channel or group
        </Button>
      </div>
    </fieldset>
  );
}

function RepresentativeRow(props: { i: number; row: Row; free: readonly Source[]; names: readonly string[]; locked: boolean }) {
  const { i, row, free, names, locked } = props;
  const change = (field: string, values: Partial<Row>) =>
    edit(`sale.representatives.${i}.${field}`, (s) => {
      const target = s.sale.representatives[i];
      if (target) Object.assign(target, values);
    });
  return (
    <div>
      <Select
        label={`Row ${i + 1}: channel or customer group`}
        value={keyOf(row)}
        options={[row, ...free].map((source) => [keyOf(source), wordOf(source)] as const)}
        disabled={locked}
        {...tie(`sale.representatives.${i}.id`)}
        onChange={(e) => {
          const found = free.find((source) => keyOf(source) === e.currentTarget.value);
          if (found) change("id", found);
        }}
      />
      <Select
        label={`Row ${i + 1}: sales representative`}
        required
        value={row.representative}
        options={[["", "Choose a sales representative"], ...names.map((name) => [name, name] as const)]}
        disabled={locked}
        {...tie(`sale.representatives.${i}.representative`)}
        onChange={(e) => change("representative", { representative: e.currentTarget.value })}
      />
      <div class="actions">
        <Button
          variant="subtle"
          slim
          disabled={locked}
          onClick={() =>
            edit("sale.representatives", (s) => {
              s.sale.representatives.splice(i, 1);
            })
          }
        >
          {`Remove row ${i + 1}`}
        </Button>
      </div>
    </div>
  );
}
