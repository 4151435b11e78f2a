import { defineWork } from "../inbox/define-work.ts";
import { checkUninstalled, ensureHooks, refreshStore } from "./flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** `gap`: the notices of the time since (ISO 8601) may be lost. */
    "hooks.ensure": { gap?: string };
    "store.refresh": object;
    "uninstall.check": object;
  }
}

export const connectWork = defineWork({
  "hooks.ensure": { class: "sweep", needs: ["BigCommerce"], calls: 0, lane: "own", store: (c, work) => ensureHooks(c, work.gap ?? null) },
  "store.refresh": { class: "sweep", needs: ["BigCommerce"], calls: 0, lane: "own", store: refreshStore },
  "uninstall.check": { class: "sweep", needs: ["BigCommerce"], calls: 0, lane: "own", store: checkUninstalled },
});
