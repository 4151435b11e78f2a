import type { OrderDetail } from "../../../worker/contract/index.ts";
import { until } from "../../harness/until.ts";
import { button, type Scene, type Shop } from "./scene.ts";

const paid = (shop: Shop, id: number) =>
  until(`order ${id} to be paid`, async () => (await shop.sales(id))[0]?.Invoices.some((invoice) => invoice.Status === "PAID"));
/** An order that came through, before something happens to it. */
export const done = async (shop: Shop): Promise<number> => {
  const id = await shop.order();
  await paid(shop, id);
  return id;
};

const pageOf = (shop: Shop, id: number) => shop.c.panel<OrderDetail>("GET", shop.at(`/orders/${id}`));
const given = async (shop: Shop, id: number): Promise<void> => {
  await shop.shop(`/orders/${id}/refund`, { amount: (await shop.sale(id)).Invoices[0]?.Total, statusId: null });
};
const goneVoid = (shop: Shop, id: number) =>
  until(`the sale of ${id} to be void`, async () => (await pageOf(shop, id)).order.stages.includes("voided"));
/** Cancelled with its money still in the till: nothing is voided yet. */
async function cancelledPaid(shop: Shop): Promise<number> {
  const id = await done(shop);
  await shop.shop(`/orders/${id}/status`, { statusId: 5 });
  await until(`order ${id} to be asked about`, async () =>
    (await pageOf(shop, id)).problems.some(({ title }) => /not given back/.test(title)),
  );
  return id;
}

/** Cancelled in BigCommerce when its sale is whole (M28). */
export const CANCELLED = {
  "changed-after-sale": {
    cause: cancelledPaid,
    says: "order {N} was cancelled in BigCommerce, and its money is not given back.",
    // As the text says: the money is given back in BigCommerce, and the rest goes by itself.
    remedy: (shop, _, id) => given(shop, id),
    ends: async (shop, id) => void (await goneVoid(shop, id)),
  },
  "open-again": {
    async cause(shop) {
      const id = await cancelledPaid(shop);
      await given(shop, id);
      await goneVoid(shop, id);
      await shop.shop(`/orders/${id}/status`, { statusId: 11 });
      return id;
    },
    says: "Order {N} is open again in BigCommerce, and ",
    remedy: (_, { problem }) => button(problem, "Create the sale again").click(),
    async ends(shop, id) {
      await until(`a second sale of ${id}`, async () => {
        const { stages } = (await pageOf(shop, id)).order;
        return stages.includes("ordered") && !stages.includes("voided");
      });
    },
  },
} satisfies Record<string, Scene>;
