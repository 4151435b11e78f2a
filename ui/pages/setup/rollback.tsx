import { useSignal } from "@preact/signals";
import type { Rollback as Sent, SettingsReply, SettingsVersion } from "../../../worker/contract/index.ts";
import { Button } from "../../components/basics.tsx";
import { toast } from "../../components/toast.tsx";
import { Warned } from "../../components/warned.tsx";
import { get, post, sentence } from "../../lib/api.ts";
import { count, readable } from "../../lib/format.ts";
import { invalidate } from "../../lib/query.ts";
import { can } from "../../lib/session.ts";
import { ordersChanged, storeApi } from "../../lib/store.ts";
import { adopt } from "./draft.ts";

/** Goes back to an older version, after showing what that changes now (K14). */
export function Rollback({ version }: { version: number }) {
  const seen = useSignal<SettingsVersion | null>(null);
  const busy = useSignal(false);
  const run = async (act: () => Promise<void>) => {
    busy.value = true;
    try {
      await act();
    } catch (error) {
      toast(sentence(error), "error");
    } finally {
      busy.value = false;
    }
  };
  const look = async () => {
    seen.value = await get<SettingsVersion>(storeApi`/settings/versions/${version}`);
  };
  const back = async () => {
    const now = await get<SettingsReply>(storeApi`/settings`);
    const saved = await post<SettingsReply>(storeApi`/settings/rollback`, { version, basedOn: now.version } satisfies Sent);
    adopt(saved);
    for (const part of ["/settings", "/charges"]) invalidate(`${storeApi``}${part}`);
    ordersChanged();
    seen.value = null;
    toast(`Back to version ${count(version)}, saved as version ${count(saved.version)}.`);
  };
  if (!can("configure")) return null;
  if (!seen.value)
    return (
      <Button variant="subtle" slim busy={busy.value} onClick={() => void run(look)}>
        {`Go back to version ${count(version)}`}
      </Button>
    );
  const { wouldChange } = seen.value;
  return (
    <Warned
      title={wouldChange.length ? "This would change now" : "Nothing would change"}
      label={wouldChange.length ? `Go back to version ${count(version)}` : null}
      busy={busy.value}
      onDo={() => void run(back)}
      onLeave={() => {
        seen.value = null;
      }}
    >
      <ul>
        {wouldChange.map((line) => (
          <li key={line}>{readable(line)}</li>
        ))}
      </ul>
    </Warned>
  );
}
