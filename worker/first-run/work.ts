import { defineWork } from "../inbox/define-work.ts";
import { checkSettings } from "../setup/check-flow.ts";
import { withOthers } from "./other-connections-action.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** Once a day: what Setup names is still there, and which books are locked; once a week: is another connection running. */
    "settings.check": object;
  }
}

export const firstRunWork = defineWork({
  "settings.check": {
    class: "sweep",
    needs: ["Cin7 Core"],
    calls: 1,
    lane: "own",
    scheduled: true,
    // Saving settings after linking puts it again.
    linked: async (c) => withOthers(c, await checkSettings(c)),
  },
});
