import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/processes.ts";
import { SETUP_PAGES } from "../../worker/contract/setup-pages.ts";

/** Every page of a linked store, as the router of the UI knows them: a new page is in this list by itself. */
export function pagesOfStore(order: number): string[] {
  const source = readFileSync(join(ROOT, "ui", "app.tsx"), "utf8");
  const linked = source.slice(source.indexOf('key="home"'), source.indexOf("const consoleRoutes"));
  const routes = [...linked.matchAll(/path=\{(?:base \|\| "\/"|`\$\{base\}([^`]*)`)\}/g)].map((match) => match[1] ?? "/");
  return routes.flatMap((route) =>
    route.includes(":section?") ? SETUP_PAGES.map(([id]) => route.replace(":section?", id)) : [route.replace(":id", String(order))],
  );
}
