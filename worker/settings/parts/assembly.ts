import * as z from "zod";
import { account, shape } from "./forms.ts";
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
