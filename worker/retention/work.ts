import { defineWork } from "../inbox/define-work.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { done } from "../inbox/outcome.ts";
import { DAY_MS } from "../settings/keep-days.ts";
import { KEPT_DAYS } from "../settings/parts/keep.ts";
import { type Prune, pruneKept } from "./keep-flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** Once a day, in every inbox: what is older than Setup keeps it goes (F140, M46). */
    "kept.prune": object;
  }
}

/** `prunes`: old lines that other slices keep. `settle`: what an older release wrote, while it is kept; true: there may be more. */
export const retentionWork = (prunes: readonly Prune[], settle: (c: LinkedContext) => Promise<boolean>) =>
  defineWork({
    "kept.prune": {
      class: "sweep",
      needs: [],
      calls: 0,
      lane: "own",
      scheduled: true,
      store: async (c, work, linked) => {
        if (linked && (await settle(linked))) return done("There is more of an older release.", { again: { at: c.now(), work } });
        return pruneKept(c, linked?.settings.document.keep.days ?? KEPT_DAYS, prunes);
      },
      // An account's queue holds nothing of orders; what an older release kept there goes all the same.
      keyless: (c, work) => {
        c.keeping.prune(KEPT_DAYS);
        return done("What is too old is gone.", { again: { at: c.now() + DAY_MS / c.config.timeScale, work } });
      },
    },
  });
