import type { SettingsReply } from "../../worker/contract/index.ts";
import { Button } from "../components/basics.tsx";
import { toast } from "../components/toast.tsx";
import { post, sentence } from "../lib/api.ts";
import { plural } from "../lib/format.ts";
import { invalidate } from "../lib/query.ts";
import { useRun } from "../lib/run.ts";
import { can, loadMe } from "../lib/session.ts";
import { ordersChanged, storeApi } from "../lib/store.ts";
import { NEEDS } from "../lib/words.ts";

/** The one switch that must work at once, whatever waits: orders are paused, and taken again. */
export function OrdersSwitch({ on, ready, waiting }: { on: boolean; ready: boolean; waiting: number }) {
  const { busy, run } = useRun();
  if (!on && !ready) return null;
  const allowed = can("configure");
  const press = () =>
    run(async () => {
      try {
        await post<SettingsReply>(storeApi`/settings/orders`, { on: !on });
        toast(on ? paused(waiting) : "Orders are taken now.");
      } catch (error) {
        toast(sentence(error), "error");
      }
      invalidate(storeApi`/settings`);
      ordersChanged();
      void loadMe().catch(() => {});
    });
  return (
    <Button
      variant={on ? "secondary" : "primary"}
      busy={busy.value}
      disabled={!allowed}
      title={allowed ? undefined : NEEDS.configure}
      onClick={() => void press()}
    >
      {on ? "Pause orders" : "Take orders"}
    </Button>
  );
}

const paused = (waiting: number) =>
  waiting > 0
    ? `Orders are paused. What is begun in Cin7 Core is finished; the rest of ${plural(waiting, "waiting order", "waiting orders")} stays here.`
    : "Orders are paused. Nothing new goes to Cin7 Core.";
