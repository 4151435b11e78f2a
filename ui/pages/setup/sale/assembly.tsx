import type { AssembleMode } from "../../../../worker/contract/index.ts";
import { Message, Panel } from "../../../components/basics.tsx";
import { Radios, Select } from "../../../components/field.tsx";
import { assemblyWords } from "../../../lib/assembly.ts";
import { edit, tie } from "../draft.ts";
import type { SectionProps } from "../section.ts";

const MODES: { value: AssembleMode; label: string; text: string }[] = [
  { value: "never", label: "Never", text: "Bundles are assembled in Cin7 Core, by your staff or by Cin7 Core itself." },
  {
    value: "ordered",
    label: "For the ordered quantity",
    text: "Each order's bundles are assembled for it, whatever is on the shelf.",
  },
  {
    value: "missing",
    label: "Only what is missing for picking",
    text: "What the location of the sale lacks is assembled, with what earlier orders wait for. What is on order does not count.",
  },
];
const OWN = [
  ["", "Not answered yet"],
  ["never", "Nothing"],
  ["ordered", "For ordered quantity"],
  ["missing", "Minimum for picking"],
] as const;

/** Assembling before the order (F23, F24), and the setting of Cin7 Core that its API hides (M43). */
export function Assembly({ settings, choices, locked }: SectionProps) {
  const { mode, cin7 } = settings.sale.assembly;
  const words = assemblyWords(mode, cin7);
  return (
    <Panel title="Bundles" text="Products with a bill of materials, assembled before their order is authorised. Components must be there.">
      <Radios
        label="Assemble bundles"
        text={words.now}
        value={mode}
        options={MODES}
        disabled={locked}
        {...tie("sale.assembly.mode")}
        onPick={(value) =>
          edit("sale.assembly.mode", (s) => {
            s.sale.assembly.mode = value;
          })
        }
      />
      <Select
        label="What Cin7 Core assembles by itself"
        text={`The setting "On order authorization auto-assemble" of your company, for products with auto-assembly. Cin7 Core does not tell us: look there and choose the same here.`}
        value={cin7 ?? ""}
        options={OWN}
        required={mode !== "never"}
        disabled={locked}
        {...tie("sale.assembly.cin7")}
        onChange={(e) => {
          const chosen = (e.currentTarget.value || null) as AssembleMode | null;
          edit("sale.assembly.cin7", (s) => {
            s.sale.assembly.cin7 = chosen;
          });
        }}
      />
      {words.more && <Message type="warning">{words.more}</Message>}
      {mode !== "never" && <Accounts settings={settings} choices={choices} locked={locked} />}
    </Panel>
  );
}

/** Every assembly names both. */
function Accounts({ settings, choices, locked }: Omit<SectionProps, "reload">) {
  const options = [["", "Choose an account"], ...choices.stockAccounts.map((a) => [a.code, `${a.code} ${a.name}`] as const)] as const;
  const account = (key: "wipAccount" | "account") => ({
    required: true,
    value: settings.sale.assembly[key] ?? "",
    options,
    disabled: locked,
    ...tie(`sale.assembly.${key}`),
    onChange: (e: { currentTarget: { value: string } }) => {
      const code = e.currentTarget.value || null;
      edit(`sale.assembly.${key}`, (s) => {
        s.sale.assembly[key] = code;
      });
    },
  });
  return (
    <>
      <Select label="Account for work in progress" text="Components stand on it while a bundle is assembled." {...account("wipAccount")} />
      <Select
        label="Account for finished goods"
        text="Bundles stand on it until they are sold: usually your stock account."
        {...account("account")}
      />
    </>
  );
}
