import { parseDocument } from "../../../../worker/settings/document.ts";
import { changes } from "../../../../worker/settings/parts/compose.ts";
import { ready, set } from "../../../harness/api.ts";

/** What is told when only this value changes, from one to the other. */
export const told = (path: string, before: unknown, after: unknown, zone = "UTC"): string[] =>
  changes(ready(set(path, before)), ready(set(path, after)), zone);

/** What is said of a document in which only this value is another one; {}: it may be saved. */
export function refused(path: string, value: unknown): Record<string, string> {
  const parsed = parseDocument(ready(set(path, value)));
  return parsed.ok ? {} : parsed.error;
}
