import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { must, ROOT } from "../../scripts/processes.ts";
import { atMost, below, type Row } from "./row.ts";

/** What is shipped: the Worker as it is deployed (minified, gzip), and what the first page makes a browser fetch (brotli). */
export async function sizeRows(): Promise<Row[]> {
  const out = mkdtempSync(join(tmpdir(), "lockstep-bundle-"));
  await must(
    process.execPath,
    [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--minify", "--outdir", out],
    "bundling the Worker",
  );
  const bundle = readdirSync(out)
    .filter((name) => name.endsWith(".js"))
    .reduce((n, name) => n + gzipSync(readFileSync(join(out, name))).length, 0);
  rmSync(out, { recursive: true, force: true });
  const kib = Math.round((bundle / 1024) * 10) / 10;
  return [below("Worker bundle, gzip", kib, "KiB", 400), atMost("UI, first page: JS + CSS, brotli", firstPage(), "kB", 40)];
}

/** index.html's own scripts and styles, with everything those scripts import at once (not what they load lazily). */
function firstPage(): number {
  const dist = join(ROOT, "ui/dist");
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const queue = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1] as string);
  const seen = new Set<string>();
  let bytes = 0;
  for (let file = queue.shift(); file; file = queue.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(join(dist, file));
    bytes += brotliCompressSync(text).length;
    if (file.endsWith(".js")) {
      for (const m of text
        .toString()
        .matchAll(/(?:^|[;\s])(?:import|export)\b[^("';]*?from\s*["']\.\/([^"']+)["']|import\s*["']\.\/([^"']+)["']/g)) {
        queue.push(`/assets/${m[1] ?? m[2]}`);
      }
    }
  }
  return Math.round(bytes / 100) / 10;
}
