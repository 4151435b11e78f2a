import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Header } from "../../worker/contract/index.ts";
import logo from "../favicon.svg";
import { withQuery } from "../lib/api.ts";
import { count, moment, plural } from "../lib/format.ts";
import { useQuery } from "../lib/query.ts";
import { can, me, mode, signOut } from "../lib/session.ts";
import { hash, header, store, storeApi, storePath } from "../lib/store.ts";
import { SUPPORT_URL } from "../lib/support.ts";
import { Badge, type Kids, Message, OutLink } from "./basics.tsx";
import { Search } from "./field.tsx";
import { DoneIcon, InfoIcon, WarningIcon } from "./icons.tsx";

const POLL = 15_000;

function Switcher() {
  const { route } = useLocation();
  const stores = me.value?.stores ?? [];
  if (!hash.value || stores.length < 2) return <span>{store.value?.name}</span>;
  return (
    <select
      class="plain"
      aria-label="Store"
      value={hash.value}
      onChange={(e) => route(`/stores/${encodeURIComponent(e.currentTarget.value)}`)}
    >
      {stores.map((s) => (
        <option key={s.hash} value={s.hash}>
          {s.name}
        </option>
      ))}
    </select>
  );
}

function Top() {
  const { route } = useLocation();
  const inConsole = mode.value === "console";
  return (
    <div class="top">
      <a class="brand" href={inConsole ? "/stores" : "/"}>
        <img src={logo} alt="" />
        Lockstep for Cin7 Core
      </a>
      <div class="end">
        {inConsole && <a href="/stores">Stores</a>}
        {store.value?.account && (
          <div class="find">
            <Search
              name="Find an order"
              label="Find an order or customer"
              value=""
              onSearch={(q) => route(withQuery(storePath("/orders/log"), { q }))}
            />
          </div>
        )}
        <Switcher />
        {inConsole && (
          <button type="button" class="link" onClick={() => void signOut()}>
            Sign out
          </button>
        )}
      </div>
    </div>
  );
}

const TABS = [
  ["/", "Home"],
  ["/orders/pending", "Orders"],
  ["/attention", "Needs attention"],
  ["/setup", "Setup"],
  ["/help", "Help"],
] as const;

function Tabs() {
  const { path } = useLocation();
  const linked = store.value?.account;
  const attention = header.value?.attention ?? 0;
  const shown = TABS.filter(([to]) => linked || to === "/" || to === "/help");
  return (
    <nav class="tabs" aria-label="Main">
      {shown.map(([to, title]) => {
        const top = storePath(`/${to.split("/")[1]}`);
        const here = to === "/" ? path === storePath("/") : path === top || path.startsWith(`${top}/`);
        return (
          <a key={to} href={storePath(to)} aria-current={here ? "page" : undefined}>
            {title}
            {to === "/attention" && attention > 0 && (
              <span class="count">
                <Badge label={count(attention)} tone="danger" />
              </span>
            )}
          </a>
        );
      })}
    </nav>
  );
}

/** The line on every page: is everything moving, and does anything need me? */
function words(h: Header, ordersOn: boolean): string {
  const last = h.lastOrderAt ? `, last one ${moment(h.lastOrderAt)}` : "";
  if (h.waiting > 0) {
    const clears = h.clearsAt ? `, last one goes about ${moment(h.clearsAt)}` : "";
    return `${plural(h.waiting, "order waits", "orders wait")} for Cin7${clears}`;
  }
  if (!ordersOn) return `Orders are switched off${last}`;
  return `Orders up to date${last}`;
}

function StatusLine() {
  const query = useQuery<Header>(storeApi`/header`, { poll: POLL });
  const h = query.data.value;
  const read = useRef(0);
  useEffect(() => {
    header.value = h ?? null;
    read.current = Date.now();
  }, [h]);
  if (!h)
    return <p class="status">{query.error.value ? "The state of your orders could not be read." : "Reading the state of your orders"}</p>;
  const on = store.value?.ordersOn ?? true;
  const stale = query.error.value !== null;
  const calm = !stale && h.down.length === 0 && h.held === 0 && h.attention === 0;
  return (
    <>
      <p class="status">
        {!calm ? <WarningIcon size="lg" class="warn" /> : on ? <DoneIcon size="lg" /> : <InfoIcon size="lg" class="off" />}
        {stale && <strong>{`Lockstep does not answer. This was so at ${moment(new Date(read.current).toISOString())}:`}</strong>}
        <span>{words(h, on)}</span>
        {h.held > 0 && (
          <>
            <span class="sep">·</span>
            <a href={storePath("/orders/pending?state=held")}>{count(h.held)} held</a>
          </>
        )}
        {h.attention > 0 && (
          <>
            <span class="sep">·</span>
            <a href={storePath("/attention")}>{plural(h.attention, "needs attention", "need attention")}</a>
          </>
        )}
      </p>
      <div role="status">
        {h.down.map((d) => (
          <Message
            key={d.side}
            type={d.refuses ? "error" : "warning"}
            title={`${d.side} has not ${d.refuses ? "let Lockstep in" : "answered"} since ${moment(d.since)}`}
          >
            {d.refuses ? (
              <>
                Somebody must act: <a href={storePath("/attention")}>Needs attention</a> says what to do. Nothing is lost: orders wait, and
                go by themselves as soon as that is done.
              </>
            ) : (
              `${d.triesAt ? `Tries again at ${moment(d.triesAt)}. ` : ""}Nothing is lost: orders wait, and go by themselves as soon as it answers.`
            )}
          </Message>
        ))}
      </div>
    </>
  );
}

const Foot = () => (
  <footer class="foot">
    <a href={hash.value ? storePath("/help") : "/help"}>Help</a>
    {SUPPORT_URL && <OutLink href={SUPPORT_URL}>Talk to us</OutLink>}
    {me.value && (
      <span>
        {me.value.user.name}
        {!can("operate") ? " (view only)" : ""}
      </span>
    )}
    {store.value?.timeZone && <span>Times are shown in {store.value.timeZone}</span>}
  </footer>
);

export function Shell({ children }: Kids) {
  const inStore = Boolean(store.value);
  return (
    <div class="page">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header>
        <Top />
        {inStore && <Tabs key={hash.value} />}
        {store.value?.account && <StatusLine key={hash.value} />}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Foot />
    </div>
  );
}
