import { defineWork } from "../inbox/define-work.ts";
import { closeStore, restoreLinks } from "./flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** A disconnect that was asked for (design 5); the only item that runs while the store is closing. */
    "store.close": object;
    /** Linked again: what a disconnect sealed comes back (N20). */
    "links.restore": object;
  }
}

export const disconnectWork = defineWork({
  "store.close": { class: "cancel", needs: [], calls: 0, lane: "own", closing: closeStore },
  "links.restore": { class: "cancel", needs: [], calls: 0, lane: "own", store: restoreLinks },
});
