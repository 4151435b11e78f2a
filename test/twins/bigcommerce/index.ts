import { Hono } from "hono";
import { recorded, type TwinEnv } from "../exchange.ts";
import type { Switches, World } from "../world.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { controlRoutes } from "./control.ts";
import { resume } from "./deliveries.ts";
import { door } from "./door.ts";
import { hookRoutes } from "./hooks.ts";
import { loginRoutes } from "./oauth.ts";
import { placeOrder } from "./order-changes.ts";
import type { OrderForm } from "./order-types.ts";
import { orderV3Routes } from "./order-v3.ts";
import { orderState } from "./order-views.ts";
import { orderRoutes } from "./orders.ts";
import { refundRoutes } from "./refunds.ts";
import { type Scenario, storesOf } from "./scenarios.ts";
import { type BigCommerceState, DEFAULT_SCOPES } from "./state.ts";
import { customerView, storeInfo, storeV2Routes, storeV3Routes } from "./store.ts";
import { BIGCOMMERCE_SWITCHES } from "./switches.ts";
import { type ApiEnv, storeOf, type Twin } from "./twin.ts";

export type BigCommerceOptions = {
  /** The Worker's own address: callbacks go there. */
  appUrl?: string;
  clientId?: string;
  clientSecret?: string;
  switches?: Switches;
};

const ACCOUNT_UUID = "8d4d492f-17a1-4d95-b396-e1c5720815a5";

function freshState(world: World, options: BigCommerceOptions, scenario: Scenario): BigCommerceState {
  const appUrl = options.appUrl ?? "http://127.0.0.1:8787";
  return {
    app: {
      client_id: options.clientId ?? "lockstepclientid",
      client_secret: options.clientSecret ?? "lockstep-client-secret",
      account_uuid: ACCOUNT_UUID,
      auth_url: `${appUrl}/auth`,
      load_url: `${appUrl}/load`,
      uninstall_url: `${appUrl}/uninstall`,
      remove_user_url: `${appUrl}/remove_user`,
      scopes: [...DEFAULT_SCOPES],
    },
    codes: {},
    stores: Object.fromEntries(storesOf(scenario, world).map((store) => [store.hash, store])),
    deliveries: {},
    reputation: {},
    nextHook: 18_000_001,
  };
}

/** The simulated BigCommerce: its login host, its API, and the verbs and state behind both. */
export function createBigCommerce(world: World, options: BigCommerceOptions = {}) {
  const twin: Twin = {
    world,
    state: freshState(world, options, "empty"),
    switches: { ...BIGCOMMERCE_SWITCHES, ...options.switches } as Twin["switches"],
  };

  const login = new Hono<TwinEnv>().use("*", recorded(world, "bigcommerce-login"));
  login.route("/", loginRoutes(twin));

  const api = new Hono<ApiEnv>();
  api.use("*", recorded(world, "bigcommerce"));
  api.use("/stores/:hash/*", door(twin));
  api.route("/stores/:hash/v2", orderRoutes(twin));
  api.route("/stores/:hash/v2", storeV2Routes(twin));
  api.route("/stores/:hash/v3", hookRoutes(twin));
  api.route("/stores/:hash/v3", refundRoutes());
  api.route("/stores/:hash/v3", orderV3Routes(twin));
  api.route("/stores/:hash/v3", catalogueRoutes());
  api.route("/stores/:hash/v3", storeV3Routes());

  return {
    login,
    api,
    control: controlRoutes(twin),
    twin,
    switches: twin.switches,
    /** In the API's own shapes; orders with their parts in place. */
    state: () => ({
      app: { ...twin.state.app, client_secret: "(hidden)" },
      stores: Object.fromEntries(
        Object.values(twin.state.stores).map((store) => [
          store.hash,
          {
            info: storeInfo(store),
            orders: Object.fromEntries(Object.entries(store.orders).map(([id, record]) => [id, orderState(record)])),
            products: store.products,
            customers: Object.fromEntries(
              Object.entries(store.customers).map(([id, customer]) => [id, customerView(customer, ["addresses"])]),
            ),
            hooks: store.hooks,
            tax_classes: store.taxClasses,
            users: store.users,
            installed: store.installation !== null,
            installation: store.installation && { scopes: store.installation.scopes },
            api_accounts: store.apiAccounts.map(({ client_id, name, scopes }) => ({ client_id, name, scopes })),
          },
        ]),
      ),
      deliveries: Object.values(twin.state.deliveries),
    }),
    /** Places a shopper's order; for tests that hold the twin in their own process. */
    async placeOrder(hash: string, form: OrderForm) {
      const store = storeOf(twin, hash);
      if (!store) throw new Error(`no store ${hash}`);
      return orderState(await placeOrder(twin, store, form));
    },
    reset(scenario: Scenario) {
      const { app } = twin.state;
      twin.state = { ...freshState(world, options, scenario), app: { ...app, scopes: [...DEFAULT_SCOPES] } };
      Object.assign(twin.switches, BIGCOMMERCE_SWITCHES, options.switches);
    },
    dump: (): unknown => ({ state: twin.state, switches: twin.switches }),
    load(data: unknown) {
      const saved = data as { state: BigCommerceState; switches: Switches };
      // The app's credentials and addresses are the process's own: ports and keys may differ after a restart.
      twin.state = { ...saved.state, app: { ...saved.state.app, ...credentials(options) } };
      Object.assign(twin.switches, saved.switches);
      resume(twin);
    },
  };
}

function credentials({ appUrl, clientId, clientSecret }: BigCommerceOptions) {
  return {
    ...(appUrl && {
      auth_url: `${appUrl}/auth`,
      load_url: `${appUrl}/load`,
      uninstall_url: `${appUrl}/uninstall`,
      remove_user_url: `${appUrl}/remove_user`,
    }),
    ...(clientId && { client_id: clientId }),
    ...(clientSecret && { client_secret: clientSecret }),
  };
}
