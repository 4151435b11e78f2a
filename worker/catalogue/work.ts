import { defineWork } from "../inbox/define-work.ts";
import { mirrorProducts, refreshProducts } from "./mirror-flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** All products of the account, page by page; at night once more. */
    "products.mirror": { page: number };
    /** Products that changed since the last look (F116, K17). */
    "products.refresh": object;
  }
}

export const catalogueWork = defineWork({
  "products.mirror": {
    class: "catalogue",
    needs: ["Cin7 Core"],
    calls: 1,
    lane: "own",
    account: (c, work) => mirrorProducts(c, work.page),
  },
  "products.refresh": { class: "sweep", needs: ["Cin7 Core"], calls: 1, lane: "own", scheduled: true, account: refreshProducts },
});
