import { importsOf } from "./imports.ts";

/** Files that reach themselves by their imports, type-only ones too: each circle once, its files in order. */
export function circlesIn(files: readonly string[]): string[][] {
  const known = new Set(files);
  const to = new Map(files.map((file) => [file, importsOf(file).flatMap((each) => (known.has(each.to) ? [each.to] : []))]));
  const reached = new Map(files.map((file) => [file, reachedFrom(file, to)]));
  const circles = new Map<string, string[]>();
  for (const file of files) {
    const circle = files.filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file));
    if (circle.length > 0) circles.set(circle.join(" "), circle);
  }
  return [...circles.values()];
}

function reachedFrom(file: string, to: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const next = [...(to.get(file) ?? [])];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    next.push(...(to.get(at) ?? []));
  }
  return reached;
}
