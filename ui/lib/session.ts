import { computed, signal } from "@preact/signals";
import type { Disconnecting, Me, Role, SessionReply, SignIn, StoreSummary } from "../../worker/contract/index.ts";
import { ApiError, bearer, get, post, sentence } from "./api.ts";
import { setLocale } from "./format.ts";
import { forgetAll } from "./query.ts";

/** `out`: sign in to the console. `over`: open the app again from the control panel. */
export const state = signal<"starting" | "in" | "out" | "over" | "failed">("starting");
export const failure = signal("");
/** The store was disconnected from this very page: nothing else can be shown any more. */
export const farewell = signal<Disconnecting | null>(null);
export const me = signal<Me | null>(null);
export const mode = computed(() => me.value?.mode ?? (framed() ? "panel" : "console"));

const RANK: Record<Role, number> = { view: 0, operate: 1, configure: 2 };
export const can = (role: Role): boolean => RANK[me.value?.user.role ?? "view"] >= RANK[role];

const KEPT = "lockstep.session";
const framed = () => window.top !== window.self;
let timer: ReturnType<typeof setTimeout> | undefined;
let renewing: Promise<void> | null = null;
let panel = framed();

/** In the control panel's iframe storage throws, and nothing is kept there anyway. */
function keep(reply: SessionReply | null) {
  try {
    if (reply?.mode === "console") sessionStorage.setItem(KEPT, JSON.stringify(reply));
    else sessionStorage.removeItem(KEPT);
  } catch {}
}

function kept(): SessionReply | null {
  try {
    const reply = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as SessionReply | null;
    return reply && Date.parse(reply.expiresAt) > Date.now() ? reply : null;
  } catch {
    return null;
  }
}

export function adopt(reply: SessionReply) {
  bearer.token = reply.token;
  panel = reply.mode === "panel";
  keep(reply);
  clearTimeout(timer);
  // Two minutes early; the bounds keep a wrong clock from renewing without end or too late.
  const delay = Math.min(Math.max(Date.parse(reply.expiresAt) - Date.now() - 120_000, 30_000), 600_000);
  timer = setTimeout(() => void renew(), delay);
}

function renew(): Promise<void> {
  renewing ??= post<SessionReply>("/api/session/renew")
    .then(adopt)
    .catch((error) => {
      // A 401 has ended the session already; anything else is tried again soon.
      if (!(error instanceof ApiError && error.status === 401)) timer = setTimeout(() => void renew(), 20_000);
    })
    .finally(() => {
      renewing = null;
    });
  return renewing;
}

function end() {
  bearer.token = null;
  me.value = null;
  keep(null);
  clearTimeout(timer);
  forgetAll();
  state.value = panel ? "over" : "out";
}
bearer.onRefused = end;

/** Over on the server first, so that no copy of the token works; here in any case. */
export async function signOut(): Promise<void> {
  try {
    await post("/api/session/end");
  } catch {
    // Without an answer the token ends by itself within a quarter of an hour.
  }
  end();
}

export async function loadMe(): Promise<void> {
  const reply = await get<Me>("/api/me");
  // The console knows no language of the person; their browser does.
  setLocale(reply.mode === "console" ? navigator.language : reply.user.locale);
  me.value = reply;
}

export function setStores(stores: StoreSummary[]) {
  if (me.value) me.value = { ...me.value, stores };
}

/** After a change that the store's summary shows. */
export function replaceStore(store: StoreSummary) {
  const now = me.value;
  if (!now) return;
  const others = now.stores.filter((s) => s.hash !== store.hash);
  me.value = { ...now, stores: [...others, store].sort((a, b) => a.name.localeCompare(b.name)) };
}

export async function signIn(given: SignIn): Promise<void> {
  adopt(await post<SessionReply>("/api/sign-in", given));
  await loadMe();
  state.value = "in";
}

/** The launch hands over a one-time code in the fragment; it leaves the address before anything else is shown. */
function takeCode(): string | null {
  const given = new URLSearchParams(location.hash.slice(1));
  const code = given.get("code");
  if (!code) return null;
  const to = given.get("to") ?? "";
  const next = /^\/(?![/\\])/.test(to) ? to : location.pathname;
  history.replaceState(null, "", next);
  return code;
}

let code: string | null = null;
export async function start(): Promise<void> {
  state.value = "starting";
  code ??= takeCode();
  try {
    if (code) {
      panel = true;
      adopt(await post<SessionReply>("/api/session", { code }));
      code = null;
    } else if (!bearer.token) {
      const old = kept();
      if (!old) return end();
      adopt(old);
    }
    await loadMe();
    state.value = "in";
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
      code = null;
      return end();
    }
    failure.value = sentence(error);
    state.value = "failed";
  }
}
