import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LinkCode } from "../../worker/contract/index.ts";
import { Button, Message, Panel } from "../components/basics.tsx";
import { post } from "../lib/api.ts";
import { useRun } from "../lib/run.ts";

const pad = (n: number) => String(n).padStart(2, "0");

/** The store pulls the connection: a code is shown here and entered in the store's own control panel. */
export function LinkCodePanel() {
  const link = useSignal<LinkCode | null>(null);
  const left = useSignal(0);
  const { busy, failure, run } = useRun();

  useEffect(() => {
    const tick = () => {
      left.value = link.value ? Math.max(0, Math.round((Date.parse(link.value.expiresAt) - Date.now()) / 1000)) : 0;
    };
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [left, link]);

  const show = () =>
    run(async () => {
      const made = await post<LinkCode>("/api/link-codes");
      link.value = made;
      left.value = Math.max(0, Math.round((Date.parse(made.expiresAt) - Date.now()) / 1000));
    });

  return (
    <Panel title="Connect a store that has the app" text="For a store where Lockstep is installed from the BigCommerce marketplace.">
      {failure.value && <Message type="error">{failure.value}</Message>}
      {link.value && left.value > 0 ? (
        <div class="stack">
          <p>In the store's control panel open Apps → Lockstep and enter this code:</p>
          <p>
            <output class="code" aria-label="Code">
              {link.value.code}
            </output>
          </p>
          {/* Not a live region: a countdown read aloud every second helps nobody. */}
          <p class="muted num">{`Good for ${Math.floor(left.value / 60)}:${pad(left.value % 60)}`}</p>
          <Button variant="secondary" busy={busy.value} onClick={show}>
            Show a new code
          </Button>
        </div>
      ) : (
        <div class="stack">
          {link.value && <p>The code is too old now.</p>}
          <Button variant="secondary" busy={busy.value} onClick={show}>
            {link.value ? "Show a new code" : "Show a code"}
          </Button>
        </div>
      )}
    </Panel>
  );
}
