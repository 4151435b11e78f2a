import { batch, computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Settings, SettingsReply } from "../../../worker/contract/index.ts";
import { ApiError, get, put, sentence } from "../../lib/api.ts";
import { count, plural } from "../../lib/format.ts";
import { invalidate } from "../../lib/query.ts";
import { loadMe } from "../../lib/session.ts";
import { hash, ordersChanged, storeApi } from "../../lib/store.ts";

/** The one document that all sections of Setup edit; it outlives a change of section or page. */
export const base = signal<SettingsReply | null>(null);
export const draft = signal<Settings | null>(null);
export const errors = signal<Record<string, string>>({});
export const failure = signal("");
export const conflict = signal(false);
export const saving = signal(false);
let of: string | null = null;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
export const dirty = computed(() => Boolean(base.value && draft.value && !same(draft.value, base.value.settings)));

export function adopt(reply: SettingsReply) {
  batch(() => {
    of = hash.peek();
    base.value = reply;
    draft.value = structuredClone(reply.settings);
    errors.value = {};
    failure.value = "";
    conflict.value = false;
  });
}

/** What the server sent last, unless there is work in progress on this very store. */
export function begin(reply: SettingsReply) {
  if (of !== hash.peek() || !dirty.peek()) adopt(reply);
}

/** What is proposed, as changes that are not saved; work in progress on this very store stays. */
export function proposeDraft(saved: SettingsReply, proposed: Settings) {
  if (of === hash.peek() && dirty.peek()) return;
  adopt(saved);
  draft.value = structuredClone(proposed);
}

/** `path` is where the server would report an error of this value: it is cleared by the change. */
export function edit(path: string, change: (settings: Settings) => void) {
  const now = draft.peek();
  if (!now) return;
  const next = structuredClone(now);
  change(next);
  const { [path]: _, ...others } = errors.peek();
  batch(() => {
    draft.value = next;
    errors.value = others;
  });
}

/** Before anything was ever saved, a page lists by itself what the other side has; later only when somebody asks. */
export function useFirst(there: boolean, list: () => void) {
  useEffect(() => {
    if (!there && base.peek()?.version === 0) list();
  }, []);
}

/** Name and error of a field, tied together by the path. */
export const tie = (path: string): { name: string; error: string | undefined } => ({ name: path, error: errors.value[path] });

export const discard = () => {
  const now = base.peek();
  if (now) adopt(now);
};

/** Answers what to say, or null when it was not saved. `over`: on top of a version that somebody else saved meanwhile. */
export async function save(over = false): Promise<string | null> {
  const settings = draft.peek();
  const from = base.peek();
  if (!settings || !from || saving.peek()) return null;
  saving.value = true;
  failure.value = "";
  try {
    const basedOn = over ? (await get<SettingsReply>(storeApi`/settings`)).version : from.version;
    const reply = await put<SettingsReply>(storeApi`/settings`, { basedOn, settings });
    adopt(reply);
    for (const part of ["/settings", "/charges"]) invalidate(`${storeApi``}${part}`);
    ordersChanged();
    void loadMe().catch(() => {});
    const released = reply.released ?? 0;
    return `Saved as version ${count(reply.version)}.${released ? ` ${plural(released, "order that waits is", "orders that wait are")} looked at again now.` : ""}`;
  } catch (error) {
    batch(() => {
      if (error instanceof ApiError && error.code === "changed-meanwhile") conflict.value = true;
      else {
        errors.value = error instanceof ApiError ? error.fields : {};
        failure.value = sentence(error);
      }
    });
    return null;
  } finally {
    saving.value = false;
  }
}

/** Drops the draft for what is saved now. */
export async function takeSaved(): Promise<void> {
  try {
    adopt(await get<SettingsReply>(storeApi`/settings`));
  } catch (error) {
    failure.value = sentence(error);
  }
}
