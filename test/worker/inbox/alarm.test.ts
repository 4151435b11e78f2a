import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Inbox } from "../../../worker/app/inbox-object.ts";
import { nextDue } from "../../../worker/inbox/queue/due.ts";
import * as queue from "../../../worker/inbox/queue/items.ts";

const inbox = () => env.INBOX.getByName(`store:alarm${Math.random().toString(36).slice(2, 8)}`);

describe("an item that waits always has an alarm that finds it due", () => {
  it("a fraction of a millisecond rounds up: an alarm of the millisecond before would look in vain and never ring again", async () => {
    await runInDurableObject(inbox(), async (instance, state) => {
      await (instance as Inbox).put([{ kind: "settings.check" }], { delayMs: 60_000.25 });
      const { due } = state.storage.sql.exec<{ due: number }>("SELECT due FROM work WHERE kind = 'settings.check'").one();
      const at = (await state.storage.getAlarm()) as number;
      expect(due % 1).toBeGreaterThan(0);
      expect(at).toBe(Math.ceil(due));
      expect(nextDue(state.storage.sql, at, [])?.key).toBe("settings.check");
    });
  });

  it("rung with nothing due, it is set for a later millisecond than the one in which it rings, however near the item is", async () => {
    await runInDurableObject(inbox(), async (instance, state) => {
      // Half a millisecond ahead of the clock, as after a run that took that long.
      queue.put(state.storage.sql, { kind: "settings.check" }, Date.now() + 0.5, Date.now());
      const rings = Date.now();
      await (instance as Inbox).alarm();
      expect(await state.storage.getAlarm()).toBeGreaterThan(rings + 1);
    });
  });
});
