import { err, ok, type Result } from "../lib/result.ts";
import { UNKNOWN_CHARGE } from "./parts/charges.ts";
import { defaults, document, PARTS, type Settings } from "./parts/compose.ts";

/** A sentence for a field, keyed by its path in the settings document: {"rounding.cap": "…"}. */
export type Fields = Record<string, string>;

/** As many sentences as a person can look at; nobody's page makes more. */
const MAX_SAID = 200;

/** A document as a person sent it: whole and well formed, or a sentence for each bad field. */
export function parseDocument(sent: unknown): Result<Settings, Fields> {
  const parsed = document.safeParse(sent);
  if (parsed.success) return ok(parsed.data);
  const fields: Fields = {};
  for (const issue of parsed.error.issues.slice(0, MAX_SAID)) {
    if (issue.code === "unrecognized_keys") for (const key of issue.keys) fields[[...issue.path, key].join(".")] = UNKNOWN_CHARGE;
    else fields[issue.path.join(".")] ??= issue.message;
  }
  return err(fields);
}

/**
 * A stored document, perhaps of an older release: missing parts and fields get their defaults. A part that cannot be read
 * falls back to its default and switches orders off, so that nothing is mapped by settings nobody chose.
 */
export function readDocument(stored: unknown): Settings {
  const filled = withDefaults(stored);
  const read = document.safeParse(filled);
  if (read.success) return read.data;
  const begins = defaults();
  const unread = new Set(read.error.issues.map((issue) => issue.path[0]));
  const rest = document.parse({ ...filled, ...Object.fromEntries(Object.entries(begins).filter(([name]) => unread.has(name))) });
  return { ...rest, orders: { ...rest.orders, on: false } };
}

function withDefaults(stored: unknown): Record<string, unknown> {
  const from = stored && typeof stored === "object" ? (stored as Record<string, unknown>) : null;
  const filled = Object.entries(PARTS).map(([name, { begins, before, known }]) => {
    const given = from?.[name] ?? (from ? before : undefined);
    return [name, { ...begins, ...(known ? known(given) : (given as object | undefined)) }];
  });
  return Object.fromEntries(filled);
}
