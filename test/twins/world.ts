/**
 * What both twins share: a clock whose durations can be shortened, one seeded source of randomness, the trace of every
 * exchange, the faults in force, and the way out to the app under test. Nothing here knows Node or workerd.
 */

export type Peer = "bigcommerce" | "bigcommerce-login" | "cin7" | "app";

/** One recorded exchange, in the form that `contract/check` reads (design 7). Header names are lower case. */
export type Exchange = {
  peer: Peer;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: unknown;
  status: number;
  responseHeaders: Record<string, string>;
  responseBody: unknown;
  at: string;
  durationMs: number;
  /** Set when a fault altered the exchange: it is then left out of the checked trace, and nothing else is. */
  fault?: true;
};

export interface Clock {
  /** Real time, never scaled: timestamps, JWTs and signatures stay real. */
  now(): number;
  /** Durations are divided by this. */
  speed: number;
  /** Runs `job` after `ms / speed`. The answer cancels it. */
  later(ms: number, job: () => void | Promise<void>): () => void;
  /** Ends every pending job (reset, shut-down). */
  clear(): void;
}

export interface Trace {
  record(exchange: Exchange): void;
  all(): readonly Exchange[];
  clear(): void;
}

export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  int(minimum: number, maximum: number): number;
  pick<T>(items: readonly T[]): T;
  /** A GUID, from the seed. */
  guid(): string;
  reseed(seed: number): void;
}

export type FaultKind =
  | "status"
  | "timeout-before"
  | "timeout-after"
  | "late-commit"
  | "hold"
  | "reset"
  | "slow"
  | "garbage"
  | "refuse"
  | "throttle-429"
  | "throttle-503"
  | "throttle-400"
  | "hooks-dropped"
  | "hooks-duplicated"
  | "hooks-reordered"
  | "index-lag";

/** `path` is a prefix of the API path, e.g. "/sale/order", or all of it with `$` at its end ("/sale$"); times counts down, absent = until cleared. */
export type Fault = {
  peer: Peer;
  kind: FaultKind;
  method?: string;
  path?: string;
  times?: number;
  status?: number;
  text?: string;
  ms?: number;
  /** `hold` only: withhold the answer before or after the commit. */
  when?: "before" | "after";
  /** Lets this many fitting calls pass first: a schedule by call count, the same in every run of a seed. */
  skip?: number;
  /** To take it back by. */
  name?: string;
};

export interface Faults {
  set(faults: Fault[]): void;
  /** In front of those in force. */
  add(faults: Fault[]): void;
  /** Takes back the faults of this name. */
  drop(name: string): void;
  list(): readonly Fault[];
  /** The first fault that fits, its `times` counted down; those that fit before it and are to skip count the call. */
  take(peer: Peer, method: string, path: string, kinds?: readonly FaultKind[]): Fault | null;
  /** Lets every held answer go. */
  release(): void;
  /** Resolves on the next `release()`. */
  held(): Promise<void>;
}

export type World = {
  clock: Clock;
  trace: Trace;
  random: Random;
  faults: Faults;
  /** Calls the app under test; every such call is recorded as peer `app`. */
  toApp(request: Request): Promise<Response>;
};

/** The switches of every fact that `facts/` marks open or inferred. Each twin merges its own defaults in. */
export type Switches = Record<string, boolean | number | string>;
