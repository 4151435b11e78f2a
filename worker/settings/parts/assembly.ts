import * as z from "zod";
import { stockAccountProblem } from "./accounts.ts";
import type { Objection } from "./define-part.ts";
import { account, shape } from "./forms.ts";
import type { Live } from "./live.ts";
import { type FieldWords, says } from "./tell.ts";

/**
 * F23, F24: what is assembled before an order is authorised: nothing, the ordered quantity whatever is on the shelf, or what is
 * missing there. Cin7's own company setting has the same three values.
 */
const MODES = ["never", "ordered", "missing"] as const;
const SAID = { never: "never", ordered: "for the ordered quantity", missing: "only what is missing for picking" };

/** `cin7`: Cin7's own setting for products with auto-assembly, which its API hides (M43); null: not asked yet. Accounts by code. */
export const assembly = shape({
  mode: z.enum(MODES, { error: "Choose what is assembled before an order: nothing, the ordered quantity, or what is missing." }),
  cin7: z.enum(MODES, { error: "Choose what Cin7 Core assembles by itself." }).nullable(),
  wipAccount: account.nullable(),
  account: account.nullable(),
});
export type Assembly = z.output<typeof assembly>;

export const ASSEMBLY_BEGINS: Assembly = { mode: "never", cin7: null, wipAccount: null, account: null };
export const assemblyChanges = {
  "assembly.mode": says("Assemble bundles", (sale) => SAID[sale.assembly.mode]),
  "assembly.cin7": says("Cin7 Core's own auto-assembly", ({ assembly }) => (assembly.cin7 ? SAID[assembly.cin7] : null)),
  "assembly.wipAccount": says("Account for work in progress", (sale) => sale.assembly.wipAccount),
  "assembly.account": says("Account for finished goods", (sale) => sale.assembly.account),
} satisfies Record<string, FieldWords<{ assembly: Assembly }>>;

/** Every finished goods task names both (cin7-core.md 3.5). */
export const assemblyAccounts = ({ wipAccount, account }: Assembly): (string | null)[] => [wipAccount, account];

/** What assembling before an order needs in Setup: its two accounts, and Cin7's own setting, which only a person can see. */
export function assemblyWrong({ status, assembly }: { status: string; assembly: Assembly }, { accounts }: Live): Objection[] {
  const { mode, cin7, wipAccount, account } = assembly;
  const of = (code: string | null, missing: string): string | null => {
    if (code === null) return assembles ? missing : null;
    return accounts ? stockAccountProblem(code, accounts) : null;
  };
  const forDraft = mode !== "never" && status === "draft";
  const assembles = mode !== "never" && !forDraft;
  return [
    ["assembly.wipAccount", of(wipAccount, "Choose the account for work in progress.")],
    ["assembly.account", of(account, "Choose the account for finished goods.")],
    ["assembly.mode", forDraft ? "Nothing is assembled for a draft order. Choose an authorised order, or never assemble." : null],
    [
      "assembly.cin7",
      assembles && cin7 === null ? "Look at the setting in Cin7 Core and say what it is, so that nothing is assembled twice." : null,
    ],
  ];
}
