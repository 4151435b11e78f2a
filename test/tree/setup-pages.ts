import { PAGE_OF, SETUP_PAGES } from "../../worker/contract/setup-pages.ts";
import { filesOf, importsOf, textOf, withoutComments } from "./imports.ts";

/** Which page of Setup has an input for which field of the settings document, as the pages are written. */
const FORMS: Record<string, string> = { sale: "sale/sale" };
const SETUP = new Set(filesOf("ui/pages/setup"));

/** A page and its panels. */
function filesOfPage(page: string): string[] {
  const found = new Set<string>();
  const next = [`ui/pages/setup/${FORMS[page] ?? page}.tsx`].filter((file) => SETUP.has(file));
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    next.push(...importsOf(file).flatMap(({ to }) => (SETUP.has(to) && to.endsWith(".tsx") ? [to] : [])));
  }
  // Shown on several pages: what is switched on, what Cin7 takes, the inputs themselves.
  return [...found].filter((file) => !/\/(connection\/.*|fields\.tsx)$/.test(file));
}

/** A row's place is filled in by the page, and so is the choice among the fields of one object. */
const names = (text: string, field: string): boolean => {
  const [object = ""] = field.split(/\.\w+$/);
  const within = Object.keys(PAGE_OF).filter((other) => other.startsWith(`${field}.`));
  const other = within.map((each) => `(?!${each.slice(field.length)})`).join("");
  return new RegExp(`["\`]${field}${other}["\`.]|["\`]${object}\\.\\$\\{key\\}["\`]`).test(text.replace(/\.\$\{[^}]*\}(?=\.)/g, ""));
};

/** For each field the pages that name it. */
export function pagesByInput(): Record<string, string> {
  const written = SETUP_PAGES.map(
    ([page]) =>
      [
        page,
        filesOfPage(page)
          .map((file) => withoutComments(textOf(file)))
          .join("\n"),
      ] as const,
  );
  const pages = (field: string) => written.flatMap(([page, text]) => (names(text, field) ? [page] : [])).join(" and ");
  return Object.fromEntries(Object.keys(PAGE_OF).map((field) => [field, pages(field)]));
}
