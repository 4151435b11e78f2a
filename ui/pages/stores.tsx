import { useEffect } from "preact/hooks";
import type { StoreSummary } from "../../worker/contract/index.ts";
import { Badge, Message, Panel } from "../components/basics.tsx";
import { Empty, Load } from "../components/load.tsx";
import { PageHead } from "../components/page-head.tsx";
import { MissingScopes } from "../components/scopes.tsx";
import { count, moment, setZone } from "../lib/format.ts";
import { useQuery } from "../lib/query.ts";
import { me, setStores } from "../lib/session.ts";
import { STORE_STATE } from "../lib/words.ts";
import { AddStorePanel } from "./stores-add.tsx";
import { LinkCodePanel } from "./stores-code.tsx";

function StoreCard({ store: s }: { store: StoreSummary }) {
  const state = STORE_STATE[s.state];
  setZone(s.timeZone);
  const facts = [
    s.ordersOn ? "Orders on" : "Orders off",
    s.waiting ? `${count(s.waiting)} waiting` : "",
    s.lastOrderAt ? `last order ${moment(s.lastOrderAt)}` : "no orders yet",
    s.connection === "app" ? "connected by the app" : "connected by a Store API account",
  ].filter(Boolean);
  return (
    <li class="store-card">
      <div class="row">
        <h3>{s.account ? <a href={`/stores/${encodeURIComponent(s.hash)}`}>{s.name}</a> : s.name}</h3>
        <Badge label={state.word} tone={state.tone} />
        {s.attention > 0 && (
          <a
            href={`/stores/${encodeURIComponent(s.hash)}/attention`}
          >{`${count(s.attention)} ${s.attention === 1 ? "needs" : "need"} attention`}</a>
        )}
      </div>
      <p class="small muted">
        {s.domain} · {s.currency} · {facts.join(" · ")}
      </p>
      {state.why && <Message type={s.state === "reconnect" ? "error" : "info"}>{state.why}</Message>}
      <MissingScopes store={s} />
    </li>
  );
}

export default function Stores() {
  const query = useQuery<{ stores: StoreSummary[] }>("/api/stores", { poll: 30_000 });
  const listed = query.data.value;
  // A store that was linked meanwhile can be opened at once.
  useEffect(() => {
    if (listed) setStores(listed.stores);
  }, [listed]);
  const account = me.value?.account;
  return (
    <>
      <PageHead title="Stores" text={account ? `The BigCommerce stores of ${account.company} (account ID ${account.id}).` : undefined} />
      <Panel title="Your stores">
        <Load query={query}>
          {({ stores }) =>
            stores.length ? (
              <ul>
                {stores.map((store) => (
                  <StoreCard key={store.hash} store={store} />
                ))}
              </ul>
            ) : (
              <Empty title="No store yet">Connect a store with a code, or add one with Store API credentials.</Empty>
            )
          }
        </Load>
      </Panel>
      <LinkCodePanel />
      <AddStorePanel />
    </>
  );
}
