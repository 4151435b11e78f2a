import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/processes.ts";

/** Words that never stand on a page (ui.md 10.2): ours for the inside, buttons that say nothing, other shop platforms. */
const FORBIDDEN: readonly RegExp[] = [
  /\b(exceptions?|drifts?|inbox|sweeps?|sweeping|drains?|draining|intents?|idempoten\w*|durable objects?|cron)\b/i,
  /\b(permits?|settles?|settled|replay\w*|retry|retries|retrying|captures?|capture rule|backoff|webhooks?)\b/i,
  // Small letters only: names of streets, shops and people begin with capitals.
  /\b(lanes?|gates?|blocked|skipped|worker|tenant|queue item|dead.?letter)\b/,
  /\b(peak mode|order lock date|LockDate|service products?|loss reports?|safety stock)\b/i,
  /\b(shopify|woocommerce|magento|adobe commerce|prestashop|squarespace|wix|ecwid|opencart|etsy)\b/i,
];
/** Values that nobody formatted. */
const LEAK = /\b(undefined|NaN|null|Invalid Date|\d{4}-\d{2}-\d{2})\b|\[object/;
const FORBIDDEN_LABELS = /^(ok|okay|submit|sync|sync now|process all|yes|no|confirm|click here)$/i;

const around = (text: string, m: RegExpExecArray): string =>
  `"${m[0]}" in "…${text.slice(Math.max(0, m.index - 40), m.index + 40).replace(/\s+/g, " ")}…"`;

export const leaksIn = (text: string): string[] => [...text.matchAll(new RegExp(LEAK.source, "g"))].map((m) => around(text, m));

/** Each forbidden word with what stands around it. `allowed`: words of a vendor or a person that we only repeat. */
export const forbiddenIn = (text: string, allowed: readonly RegExp[] = []): string[] =>
  FORBIDDEN.flatMap((pattern) => {
    const clean = allowed.reduce((rest, each) => rest.replace(new RegExp(each.source, "gi"), ""), text);
    return [...clean.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].map((m) => around(clean, m));
  });

export const emptyLabels = (labels: readonly string[]): string[] => labels.filter((label) => FORBIDDEN_LABELS.test(label.trim()));

/** What people could read among the literals of the UI's sources: phrases, and text between tags. */
export function literalsOfUi(): { file: string; text: string }[] {
  const files = readdirSync(join(ROOT, "ui"), { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith("dist"),
  );
  return files.flatMap((file) => {
    const source = readFileSync(join(ROOT, "ui", file), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/^\s*\/\/.*$/gm, "")
      .replace(/^import .*$/gm, "");
    const quoted = [...source.matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map((m) => m[1] ?? m[2] ?? "");
    const between = [...source.matchAll(/>([^<>{}]+)</g)].map((m) => m[1] ?? "");
    const phrases = [...quoted.filter((text) => /^[A-Z]/.test(text) || / /.test(text)), ...between];
    return phrases.filter((text) => /[a-z]{2}/.test(text)).map((text) => ({ file, text: text.replace(/\$\{[^}]*\}/g, "…") }));
  });
}
