import { inWords } from "../../accounts/lock-date.ts";
import type { Remedy } from "../../contract/index.ts";
import type { Said } from "../../problems/define-problem.ts";
import { Named, named, openOne, stays } from "../../problems/phrases.ts";
import type { Stays } from "./cancelled-sale.ts";

/**
 * What keeps the sale of a cancelled order (M28), as it is stored. Amounts are decimal text; "": none. `takenBack`: our payments that
 * were deleted before something else refused. `says`: Cin7's own sentence.
 */
export type Keeps = {
  why: Stays["why"] | "refused";
  currency: string;
  invoiced: string;
  paid: string;
  takenBack?: string;
  back?: string;
  references?: readonly string[];
  lockedTo?: string;
  says?: string;
};

type Cancelled = { orderId: number; saleNumber: string; assembled?: string; waits?: true; voided?: true; keeps?: Keeps };

type Words = Omit<Said, "remedies"> & { remedies?: Remedy[] };

const titleOf = ({ orderId, saleNumber }: Cancelled): string =>
  `Do not ship ${saleNumber || "its sale"}: ${named(orderId)} was cancelled in BigCommerce.`;

export function cancelledWords(cancelled: Cancelled): Words {
  const { orderId, saleNumber, assembled, waits, voided, keeps } = cancelled;
  const rest = stays(assembled);
  if (voided) {
    const title = `${Named(orderId)} was cancelled in BigCommerce, and ${saleNumber || "its sale"} in Cin7 Core is voided.`;
    return { title, text: rest.trim(), aside: "It is dealt with" };
  }
  if (keeps) return OF_GOODS.has(keeps.why) ? goodsWords(cancelled, keeps, rest) : moneyWords(cancelled, keeps, rest);
  const now = waits
    ? "Lockstep looks at the sale in Cin7 Core and voids it when nothing of it has left. Until this goes away, hold its goods back."
    : "The sale is still open in Cin7 Core. If nothing has left, void it there; if goods have left, credit it when they come back.";
  return { title: titleOf(cancelled), text: `${now}${rest}` };
}

const OF_GOODS: ReadonlySet<Keeps["why"]> = new Set(["shipped", "packed", "picked"]);
const lookAgain = (orderId: number): Remedy[] => [{ label: "Look again", action: "process", orderId }, ...openOne(orderId)];

/** Where its goods are: the warehouse's. */
function goodsWords(cancelled: Cancelled, { why, paid, currency }: Keeps, rest: string): Words {
  const { orderId, saleNumber } = cancelled;
  if (why === "shipped")
    return {
      title: `Goods of ${saleNumber || "its sale"} have left, and ${named(orderId)} was cancelled in BigCommerce.`,
      text: `The sale in Cin7 Core stays as it is. When the goods come back, enter the credit note there and say whether they go back into stock.${paid ? ` ${paid} ${currency} are paid on it.` : ""}${rest}`,
      aside: "It is dealt with",
    };
  return {
    title: titleOf(cancelled),
    text: `Its goods are ${why} in Cin7 Core, so they may be on their way. If they are still here, put them back, undo that in Cin7 Core and press Look again: Lockstep voids the sale. If they have left, credit it when they come back.${rest}`,
    remedies: lookAgain(orderId),
    aside: "It has left",
  };
}

/** What is paid, and what the books take: finance's. */
function moneyWords(cancelled: Cancelled, keeps: Keeps, rest: string): Words {
  const { orderId, saleNumber } = cancelled;
  const sale = saleNumber || "its sale";
  const { currency, invoiced, paid } = keeps;
  const money = (amount: string) => `${amount} ${currency}`;
  const open = { title: titleOf(cancelled), remedies: lookAgain(orderId) };
  const credit = `Enter on ${sale} there, dated on an open day: a credit note of ${money(invoiced)} for the whole order, without restock${paid ? `, and a refund of ${money(paid)} from the account that was paid` : ""}. If its refund is told here too, it is the same one: enter it once. Then see that its stock is free again.`;
  switch (keeps.why) {
    case "paid-by-others":
      return {
        ...open,
        text: `${money(paid)} are paid on it in Cin7 Core, of which this is not by Lockstep: ${(keeps.references ?? []).map((each) => `"${each || "without a reference"}"`).join(", ")}. Lockstep deletes only its own payments. If that money went back, delete its payment in Cin7 Core and press Look again: the sale is voided.${rest}`,
      };
    case "not-given-back":
      return {
        ...open,
        title: `Do not ship ${sale}: ${named(orderId)} was cancelled in BigCommerce, and its money is not given back.`,
        text: `${money(paid)} are paid on it in Cin7 Core; BigCommerce shows ${money(keeps.back ?? "0")} given back. Refund it in BigCommerce, to the card or as store credit: Lockstep then takes the payment back and voids the sale by itself. If the goods shall go after all, open the order again in BigCommerce.${rest}`,
        aside: "The sale stays",
      };
    case "locked":
      return {
        title: open.title,
        text: `Books are locked up to ${inWords(keeps.lockedTo ?? "")}, so its sale in Cin7 Core cannot be voided. ${credit}${rest}`,
        aside: "It is entered in Cin7 Core",
      };
    case "refused":
      return {
        ...open,
        text: `Cin7 Core does not void its sale: "${keeps.says ?? ""}".${keeps.takenBack ? ` Our payments of ${money(keeps.takenBack)} are deleted there already.` : ""} ${invoiced ? credit : "Void it there yourself, or press Look again when what it names is put right."}${rest}`,
        aside: "It is entered in Cin7 Core",
      };
    default:
      return {
        ...open,
        text: `Somebody has entered a credit note on it in Cin7 Core, so Lockstep does not void it. See that the credit note is for the whole order and that its stock is free again.${rest}`,
        aside: "It is credited",
      };
  }
}
