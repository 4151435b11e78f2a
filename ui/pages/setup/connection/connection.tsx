import { Badge, Message, Panel } from "../../../components/basics.tsx";
import { MissingScopes } from "../../../components/scopes.tsx";
import { store } from "../../../lib/store.ts";
import { CIN7_NEEDS, STORE_STATE } from "../../../lib/words.ts";
import { Health } from "./health.tsx";
import { Leave } from "./leave.tsx";
import { ReplaceKey } from "./replace-key.tsx";

export function Connection() {
  const s = store.value;
  if (!s) return null;
  const state = STORE_STATE[s.state];
  return (
    <>
      <Panel title="BigCommerce">
        {state.why && <Message type={s.state === "reconnect" ? "error" : "info"}>{state.why}</Message>}
        <MissingScopes store={s} />
        <dl class="facts">
          <dt>State</dt>
          <dd>
            <Badge label={state.word} tone={state.tone} />
          </dd>
          <dt>Store</dt>
          <dd>{s.name}</dd>
          <dt>Address</dt>
          <dd>{s.domain}</dd>
          <dt>Connected by</dt>
          <dd>{s.connection === "app" ? "The app in the control panel" : "A Store API account"}</dd>
          <dt>Currency</dt>
          <dd>{s.currency}</dd>
          <dt>Prices</dt>
          <dd>{s.pricesIncludeTax ? "Include tax" : "Do not include tax"}</dd>
          <dt>Time zone</dt>
          <dd>{s.timeZone}</dd>
        </dl>
      </Panel>
      <Panel title="Cin7 Core">
        {s.account ? (
          <>
            <dl class="facts">
              <dt>Company</dt>
              <dd>{s.account.company}</dd>
              <dt>Account ID</dt>
              <dd>
                <code>{s.account.id}</code>
              </dd>
            </dl>
            <ReplaceKey />
          </>
        ) : (
          <p>No account is connected yet.</p>
        )}
        <p class="small muted">{CIN7_NEEDS}</p>
      </Panel>
      <Health />
      <Leave />
    </>
  );
}
