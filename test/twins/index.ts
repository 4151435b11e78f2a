import { Hono } from "hono";
import { type BigCommerceOptions, createBigCommerce } from "./bigcommerce/index.ts";
import type { Scenario } from "./bigcommerce/scenarios.ts";
import { createCin7 } from "./cin7/index.ts";
import { createClock, type SetTimer } from "./clock.ts";
import { ConnectionReset, recorded, recordedCalls, type TwinEnv } from "./exchange.ts";
import { createFaults } from "./faults.ts";
import { createMail } from "./mail.ts";
import { pages } from "./pages/index.ts";
import { createRandom } from "./random.ts";
import { splitSwitches, turnSwitches } from "./switches.ts";
import { createTrace, toNdjson } from "./trace.ts";
import type { Exchange, Fault, Switches, World } from "./world.ts";

export type TwinsOptions = Omit<BigCommerceOptions, "switches"> & {
  /** How calls reach the app under test. */
  toApp: (request: Request) => Promise<Response>;
  seed: number;
  switches?: Switches;
  /** Gets every exchange that no fault altered, as it ends. */
  traceSink?: (exchange: Exchange) => void;
  now?: () => number;
  setTimer?: SetTimer;
  scenario?: Scenario;
};

const SCENARIOS: readonly string[] = ["empty", "demo", "large", "fleet", "prove"];

/** Both twins on one Hono app; addresses as in design 7. Starts with the scenario `demo`. */
export function createTwins(options: TwinsOptions) {
  const clock = createClock(options.now, options.setTimer);
  const trace = createTrace(options.traceSink);
  const random = createRandom(options.seed);
  const faults = createFaults();
  const world: World = { clock, trace, random, faults, toApp: recordedCalls({ clock, trace, faults }, options.toApp) };
  const mail = createMail(() => clock.now());
  const switches = splitSwitches(options.switches ?? {});
  const bigcommerce = createBigCommerce(world, { ...options, switches: switches.bigcommerce });
  const cin7 = createCin7(world, { switches: switches.cin7 });

  function reset(scenario: Scenario = "demo", seed = options.seed): void {
    clock.clear();
    faults.release();
    faults.set([]);
    trace.clear();
    clock.speed = 1;
    random.reseed(seed);
    bigcommerce.reset(scenario);
    cin7.reset(scenario);
    mail.reset();
  }
  reset(options.scenario ?? "demo", options.seed);

  const dump = () => ({ bigcommerce: bigcommerce.dump(), cin7: cin7.dump(), random: random.state(), speed: clock.speed });
  function load(data: unknown): void {
    const saved = data as { bigcommerce: unknown; cin7: unknown; random: number; speed: number };
    clock.speed = saved.speed;
    random.reseed(saved.random);
    bigcommerce.load(saved.bigcommerce);
    cin7.load(saved.cin7);
  }

  const control = new Hono<TwinEnv>();
  control.post("/reset", async (c) => {
    const { scenario = "demo", seed } = await c.req.json<{ scenario?: string; seed?: number }>();
    if (!SCENARIOS.includes(scenario)) return c.json({ error: `scenario is one of ${SCENARIOS.join(", ")}` }, 400);
    reset(scenario as Scenario, seed);
    return c.json({ ok: true, scenario, seed: seed ?? options.seed });
  });
  // Everything as it is kept, to be changed from outside and given back: a world that no control verb makes.
  control.get("/dump", (c) => c.json(dump()));
  control.put("/dump", async (c) => {
    load(await c.req.json());
    return c.json({ ok: true });
  });
  control.get("/state", (c) => c.json({ bigcommerce: bigcommerce.state(), cin7: cin7.state(), mail: mail.state() }));
  control.post("/faults", async (c) => {
    const given = await c.req.json<Fault[] | { faults: Fault[] }>();
    faults.set(Array.isArray(given) ? given : given.faults);
    return c.json(faults.list());
  });
  control.post("/faults/add", async (c) => {
    faults.add(await c.req.json<Fault[]>());
    return c.json(faults.list());
  });
  control.get("/faults", (c) => c.json(faults.list()));
  control.delete("/faults", (c) => {
    const name = c.req.query("name");
    if (name !== undefined) {
      faults.drop(name);
      return c.json(faults.list());
    }
    faults.set([]);
    faults.release();
    return c.json([]);
  });
  control.post("/faults/release", (c) => {
    faults.release();
    return c.json({ ok: true });
  });
  control.post("/clock", async (c) => {
    const { speed } = await c.req.json<{ speed: number }>();
    if (!(speed > 0)) return c.json({ error: "speed is a number above 0" }, 400);
    clock.speed = speed;
    return c.json({ speed });
  });
  control.get("/clock", (c) => c.json({ speed: clock.speed, now: new Date(clock.now()).toISOString() }));
  control.get("/trace", (c) => {
    const all = c.req.query("faults") === "true" ? trace.all() : trace.all().filter((exchange) => !exchange.fault);
    return c.body(toNdjson(all), 200, { "content-type": "application/x-ndjson" });
  });
  control.delete("/trace", (c) => {
    trace.clear();
    return c.json({ ok: true });
  });
  control.get("/switches", (c) => c.json({ ...bigcommerce.switches, ...cin7.switches }));
  control.post("/switches", async (c) => {
    const given = await c.req.json<Switches>();
    try {
      turnSwitches(given, bigcommerce.switches, cin7.switches);
    } catch (error) {
      return c.json({ error: String(error) }, 400);
    }
    return c.json({ ...bigcommerce.switches, ...cin7.switches });
  });
  control.route("/bigcommerce", bigcommerce.control);
  control.route("/cin7", cin7.control);

  const app = new Hono<TwinEnv>();
  app.onError((error, c) => {
    // A cut connection has no answer.
    if (error instanceof ConnectionReset) throw error;
    console.error("twins:", error);
    return c.json({ error: String(error) }, 500);
  });
  app.route("/bigcommerce-login", bigcommerce.login);
  app.route("/bigcommerce-api", bigcommerce.api);
  app.use("/cin7/*", recorded(world, "cin7"));
  app.route("/cin7", cin7.app);
  app.route("/control", control);
  app.route("/cin7-console", cin7.pages);
  app.route("/mail", mail.api);
  app.route("/mail-console", mail.console);
  app.route("/", pages(bigcommerce.twin));

  return {
    app,
    world,
    bigcommerce,
    cin7,
    reset,
    /** Behaves like `fetch`: rejects when the connection is cut or the caller's signal ends. */
    fetch(request: Request): Promise<Response> {
      const answer = Promise.resolve(app.fetch(request));
      const { signal } = request;
      const aborted = new Promise<never>((_, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      return Promise.race([answer, aborted]);
    },
    dump,
    load,
  };
}

export type Twins = ReturnType<typeof createTwins>;
