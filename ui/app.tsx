import { useEffect } from "preact/hooks";
import { ErrorBoundary, LocationProvider, lazy, Route, Router, useLocation } from "preact-iso";
import { Button, Message } from "./components/basics.tsx";
import { Guard } from "./components/guard.tsx";
import { PageHead } from "./components/page-head.tsx";
import { Shell } from "./components/shell.tsx";
import { Toasts } from "./components/toast.tsx";
import logo from "./favicon.svg";
import { dateTime, setZone } from "./lib/format.ts";
import { useGoKeys } from "./lib/keys.ts";
import { failure, farewell, me, mode, start, state } from "./lib/session.ts";
import { chosen, hash, header, store } from "./lib/store.ts";

const Home = lazy(() => import("./pages/home.tsx"));
const Connect = lazy(() => import("./pages/connect.tsx"));
const Orders = lazy(() => import("./pages/orders.tsx"));
const Order = lazy(() => import("./pages/order.tsx"));
const Attention = lazy(() => import("./pages/attention/attention.tsx"));
const Setup = lazy(() => import("./pages/setup/setup.tsx"));
const Help = lazy(() => import("./pages/help.tsx"));
const Trial = lazy(() => import("./pages/first-run/trial.tsx"));
const OtherConnection = lazy(() => import("./pages/first-run/other-connection.tsx"));
const Proposal = lazy(() => import("./pages/first-run/proposal.tsx"));
const OpenOrders = lazy(() => import("./pages/first-run/open-orders.tsx"));
const History = lazy(() => import("./pages/history.tsx"));
const Stores = lazy(() => import("./pages/stores.tsx"));
const SignIn = lazy(() => import("./pages/sign-in.tsx"));

const NotFound = () => (
  <>
    <PageHead title="There is no such page" />
    <p>
      <a href="/">Go to the first page</a>
    </p>
  </>
);

/** The same pages with and without the store in the address. */
const storeRoutes = (base: string) => {
  if (!store.value?.account)
    return [
      <Route key="help" path={`${base}/help`} component={Help} />,
      <Route key="connect" path={`${base}/*`} component={Connect} />,
      <Route key="root" path={base || "/"} component={Connect} />,
    ];
  return [
    <Route key="home" path={base || "/"} component={Home} />,
    <Route key="list" path={`${base}/orders`} component={Orders} />,
    <Route key="pending" path={`${base}/orders/pending`} component={Orders} view="pending" />,
    <Route key="log" path={`${base}/orders/log`} component={Orders} view="log" />,
    <Route key="daily" path={`${base}/orders/daily`} component={Orders} view="daily" />,
    <Route key="order" path={`${base}/orders/:id`} component={Order} />,
    <Route key="attention" path={`${base}/attention`} component={Attention} />,
    <Route key="trial" path={`${base}/first-run/trial`} component={Trial} />,
    <Route key="other" path={`${base}/first-run/other-connection`} component={OtherConnection} />,
    <Route key="proposal" path={`${base}/first-run/proposal`} component={Proposal} />,
    <Route key="open" path={`${base}/first-run/open-orders`} component={OpenOrders} />,
    <Route key="history" path={`${base}/history`} component={History} />,
    <Route key="setup" path={`${base}/setup/:section?`} component={Setup} />,
    <Route key="help" path={`${base}/help`} component={Help} />,
  ];
};

const consoleRoutes = () => [
  <Route key="first" path="/" component={Stores} />,
  <Route key="stores" path="/stores" component={Stores} />,
  <Route key="general-help" path="/help" component={Help} />,
];

function Pages() {
  const { path } = useLocation();
  useGoKeys();
  const inConsole = mode.value === "console";
  const named = inConsole ? (/^\/stores\/([^/]+)/.exec(path)?.[1] ?? null) : null;
  const next = named && decodeURIComponent(named);
  if (chosen.peek() !== next) {
    chosen.value = next;
    header.value = null;
  }
  setZone(store.value?.timeZone);
  const routes = [
    ...(inConsole ? consoleRoutes() : []),
    ...(inConsole ? (named && store.value ? storeRoutes("/stores/:hash") : []) : storeRoutes("")),
  ];
  return (
    <Shell>
      <Guard at={path}>
        <Router key={`${hash.value} ${Boolean(store.value?.account)}`}>
          {routes}
          <Route default component={NotFound} />
        </Router>
      </Guard>
    </Shell>
  );
}

function Over() {
  useEffect(() => {
    document.title = "Open the app again – Lockstep for Cin7 Core";
  }, []);
  return (
    <main class="full">
      <img src={logo} alt="" />
      <h1>Open the app again</h1>
      <p>For your safety this session has ended. Open the app again from Apps in your BigCommerce control panel.</p>
    </main>
  );
}

/** The store was disconnected from this page; what happens now and how to come back. */
function Farewell() {
  const left = farewell.value;
  useEffect(() => {
    document.title = "Disconnected – Lockstep for Cin7 Core";
  }, []);
  if (!left) return null;
  return (
    <main class="full">
      <img src={logo} alt="" />
      <h1>{left.choice === "move" ? "The link is being ended" : "This store is being disconnected"}</h1>
      {left.choice === "move" ? (
        <p>In about a minute open the app again from Apps and enter the code of the other Cin7 Core account.</p>
      ) : (
        <p>
          It takes about a minute.{" "}
          {left.keptUntil
            ? `Which order is which sale, and your setup, stay sealed until ${dateTime(left.keptUntil)}: to come back, install the app again and connect the same account.`
            : "Everything is removed. You can uninstall the app now."}
        </p>
      )}
    </main>
  );
}

const Starting = () => (
  <main class="full" aria-busy="true">
    <img src={logo} alt="" />
    <h1 class="vh">Lockstep for Cin7 Core</h1>
    <p class="muted">Opening Lockstep</p>
  </main>
);

const Failed = () => (
  <main class="full">
    <img src={logo} alt="" />
    <h1>Lockstep could not be opened</h1>
    <Message type="error">{failure.value}</Message>
    <Button onClick={() => void start()}>Try again</Button>
  </main>
);

export function App() {
  const now = state.value;
  if (farewell.value) return <Farewell />;
  return (
    <>
      <Toasts />
      {now === "starting" && <Starting />}
      {now === "failed" && <Failed />}
      {now === "over" && <Over />}
      {now === "out" && (
        <ErrorBoundary>
          <SignIn />
        </ErrorBoundary>
      )}
      {now === "in" && me.value && (
        <LocationProvider>
          <Pages />
        </LocationProvider>
      )}
    </>
  );
}
