import { findByMark, isVoid, readSale } from "../../cin7/sale.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { forget } from "../../inbox/notes.ts";
import { blocked, type Outcome } from "../../inbox/outcome.ts";
import { type Halt, haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { newGeneration, startAgain } from "../../sales/generations-store.ts";
import { keepSale, saleKept } from "../../sales/kept-store.ts";
import { decidedOf, undecide } from "../decisions-store.ts";
import { holdReasons } from "../hold-words.ts";
import { invoiceStep, orderStep, paymentStep, saleMark, saleStep, tenderMarks, voidByHandStep } from "../marks.ts";
import { paymentsOf } from "../payments-store.ts";
import type { OrderRow } from "../store.ts";
import { voidOnce } from "../void-sale-step.ts";
import { createAgain } from "./recreate-step.ts";

/** `pressed`: a person wants it now. `chosen`: one did once. `early`: before its moment. `lookFirst`: looked up before every write. `skippedBy`: left out by this person. */
type Go = { is: "go"; row: OrderRow; pressed: boolean; chosen: boolean; early: boolean; lookFirst: boolean; skippedBy: string | null };
export type AsDecided = Go | { is: "stop"; outcome: Outcome };
const stopped = (outcome: Outcome): AsDecided => ({ is: "stop", outcome });

/** What people decided about a known order is done before it is judged anew: taken again (F124), voided and created again, skipped (K12). `alive`: neither cancelled nor refunded, so a sale is wanted. */
export async function asDecided(c: LinkedContext, row: OrderRow, pressed: boolean, alive: boolean): Promise<AsDecided> {
  const { orderId } = row;
  const decided = await decidedOf(c.db, c.tenant, orderId);
  const go = (now: OrderRow, wanted = pressed): Go => {
    const skippedBy = wanted ? null : (decided.get("skip") ?? null);
    const [chosen, early, lookFirst] = [decided.has("chosen"), decided.has("take-now"), decided.has("look-first")];
    return { is: "go", row: now, pressed: wanted, chosen, early, lookFirst, skippedBy };
  };
  if (pressed && decided.has("skip")) await undecide(c.db, c.tenant, "skip", orderId);
  if (decided.has("take-again")) {
    // On its way meanwhile: it goes to its end first.
    if (row.state !== "pending" && row.state !== "sending" && !isOpen(c, row)) return takeAgain(c, row, go);
    await undecide(c.db, c.tenant, "take-again", orderId);
    return go(row);
  }
  if (row.state === "sent" && !pressed) return go(row);
  if (decided.has("void-sale")) return voidAndCreate(c, row, go);
  // Its sale was found and nobody has chosen yet what becomes of it.
  if (decided.has("look-first") && !pressed && row.state === "held" && row.saleId && !c.claims.of(saleStep(orderId, row.generation)))
    return stopped(blocked([{ kind: "sale-exists", orderId, saleNumber: row.saleNumber ?? "" }]));
  if (!pressed || !alive) return go(row);
  const again = await createAgain(c, row);
  return again.is === "stop" ? again : go(again.row);
}

const isOpen = (c: LinkedContext, row: OrderRow): boolean => {
  const claim = c.claims.of(saleStep(row.orderId, row.generation));
  return claim !== null && claim.answer === null;
};

/**
 * The entry in the log was deleted (decision 1.7): Cin7 is asked for the sale by its whole ID before anything is forgotten.
 * There: held, and a person chooses. Void: as if it had been voided by hand. Not there: taken as if it were new.
 */
async function takeAgain(c: LinkedContext, row: OrderRow, go: (row: OrderRow, pressed: boolean) => Go): Promise<AsDecided> {
  const { orderId } = row;
  const mark = saleMark(c.tenant.store, orderId, row.generation);
  const ours = await findByMark(c.cin7, mark);
  if (ours.is !== "read") return stopped(stop(haltOf(ours, c), c, refusedAs(orderId, "sale")));
  const living = ours.value.find((each) => !isVoid(each));
  const found = living ?? ours.value[0];

  await forgetWrites(c, row);
  const ids = found ? { saleId: found.SaleID.toLowerCase(), saleNumber: found.OrderNumber, voided: !living } : null;
  const problem = found && { kind: living ? ("sale-exists" as const) : ("sale-voided" as const), orderId, saleNumber: found.OrderNumber };
  const note = problem ? holdReasons([problem]) : "Taken again.";
  const fresh = await startAgain(c.db, c.tenant, row, { sale: ids, note }, new Date(c.now()).toISOString());
  return problem ? stopped(blocked([problem])) : go(fresh, true);
}

/** What we remember of its writes: from now on every document is looked for before it is written, also by what waits already. */
async function forgetWrites(c: LinkedContext, row: OrderRow): Promise<void> {
  const { orderId, generation } = row;
  const kept = await saleKept(c, orderId);
  if (kept) await keepSale(c, { ...kept, lookFirst: true });
  const marks = [...(await paymentsOf(c.db, c.tenant, orderId)).map((payment) => payment.mark), ...tenderMarks(orderId)];
  const steps = [saleStep(orderId, generation), orderStep(orderId, generation), invoiceStep(orderId, generation)];
  for (const step of [...steps, ...marks.map((mark) => paymentStep(orderId, generation, mark))]) await forget(c.claims, step);
}

/** The sale is voided in Cin7 and the next generation begins; one that is void already needs no call. Goods that have left keep it. */
async function voidAndCreate(c: LinkedContext, row: OrderRow, go: (row: OrderRow, pressed: boolean) => Go): Promise<AsDecided> {
  const { orderId } = row;
  const over = () => undecide(c.db, c.tenant, "void-sale", orderId);
  if (!row.saleId || isOpen(c, row)) {
    await over();
    return go(row, true);
  }
  const halted = async (halt: Halt) => {
    if (halt.is === "refused") await over();
    return stopped(stop(halt, c, refusedAs(orderId, "sale")));
  };
  const present = await readSale(c.cin7, row.saleId);
  if (present.is !== "read") return halted(haltOf(present, c));
  if (!isVoid(present.value)) {
    const { CombinedShippingStatus: shipping } = present.value;
    if (/SHIPPED/.test(shipping) && shipping !== "NOT SHIPPED") {
      await over();
      return stopped(blocked([{ kind: "sale-exists", orderId, saleNumber: row.saleNumber ?? "", shipped: true }]));
    }
    const gone = await voidOnce(c, voidByHandStep(orderId, row.generation), row.saleId);
    if (gone.is !== "written") return halted(gone);
  }
  const fresh = await newGeneration(c.db, c.tenant, row, new Date(c.now()).toISOString());
  await over();
  return go(fresh, true);
}
