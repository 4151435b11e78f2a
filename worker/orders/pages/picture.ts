import { type Assembled, assembledWords } from "../../assembly/plan.ts";
import type { CameLine, OrderDetail } from "../../contract/index.ts";
import { decimal, plain, ZERO } from "../../lib/money.ts";
import type { SaleLinesRow } from "../../sales/lines-store.ts";

/** What an order's page shows of both sides. The one reader of `orders.picture`: labels and values, never data (decision 0026). Pure. */
type Picture = Pick<OrderDetail, "came" | "cameLines" | "cameTotals" | "mapped">;
type Mapped = NonNullable<OrderDetail["mapped"]>;
type Sale = Pick<SaleLinesRow, "net" | "tax" | "total" | "settingsVersion">;

/** As the flow kept it, with what was assembled; of an order whose picture is gone the figures of its sale, if it has one. */
export function pictureFrom(stored: unknown, sale: Sale | null, made: readonly Assembled[], location: string): Picture {
  const { came: facts, cameLines, cameTotals, mapped } = (stored && typeof stored === "object" ? stored : {}) as Partial<Picture>;
  const came = Array.isArray(facts) ? facts : [];
  const figures = stored == null && sale ? figuresOf(sale) : null;
  return {
    came,
    cameLines: Array.isArray(cameLines) ? cameLines.map((line) => onBothSides(line, came)) : [],
    cameTotals: Array.isArray(cameTotals) ? cameTotals : [],
    mapped: mapped && typeof mapped === "object" ? withAssembled(mapped, made, location) : figures,
  };
}

/** An older release kept one total of a line, on the side of the shop's prices. */
type Older = CameLine & { total?: string };
function onBothSides(line: Older, came: Picture["came"]): CameLine {
  const { total, ...rest } = line;
  if (total === undefined) return rest;
  const inclusive = came.some(({ label, value }) => label === "Prices" && value === "With tax");
  const [known, tax] = [decimal(total) ?? ZERO, decimal(line.tax) ?? ZERO];
  const other = plain(inclusive ? known.minus(tax) : known.plus(tax));
  return { ...rest, exTax: inclusive ? other : total, incTax: inclusive ? total : other };
}

const figuresOf = ({ net, tax, total, settingsVersion }: Sale): Mapped => ({
  lines: [],
  totals: { exTax: net, tax, incTax: total },
  decisions: [],
  settingsVersion,
  losses: [],
});

const LABEL = "Assembled";
/** Said once: an older release wrote it into the picture. */
function withAssembled(mapped: Mapped, made: readonly Assembled[], location: string): Mapped {
  if (made.length === 0 || !mapped.decisions?.length) return mapped;
  const row = { label: LABEL, value: assembledWords(made), why: `At ${location}, before the order was authorised, as Setup asks.` };
  return { ...mapped, decisions: [...mapped.decisions.filter(({ label }) => label !== LABEL), row] };
}
