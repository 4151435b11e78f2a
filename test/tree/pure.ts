import { filesOf, textOf, withoutComments } from "./imports.ts";

/** Where a file's test is looked for: `worker/orders/marks.ts` has `test/worker/orders/marks.test.ts`. */
const testOf = (file: string) => `test/${file.replace(/\.ts$/, ".test.ts")}`;

/** Tested by what they do to the world, in tests that tell a story. */
const TOUCHES = /(^|[-/])(flow|store|routes|session|action)\.ts$/;
const WORLD =
  /\bawait\b|\basync\b|Date\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|crypto\.(subtle|getRandomValues|randomUUID)|\bSqlStorage\b|\bDb\b/;
/** A type and a table of words decide nothing; a problem's words are held byte for byte by `problems/texts.test.ts`. */
const TABLES = /^worker\/contract\/|\/schema\/|\/schemas?[./]|\/problems\.ts$/;
const DECIDES = /\bif \(|\bswitch \(|\s\? [^:]|\?\?|&&|\|\|/;

const decides = (file: string): boolean => {
  const text = withoutComments(textOf(file)).replace(/^import [^;]*;/gm, "");
  return !TOUCHES.test(file) && !TABLES.test(file) && !WORLD.test(text) && DECIDES.test(text);
};

/** Pure files of the Worker that decide something and have no test of their path. */
export const untested = (): string[] => {
  const tests = new Set(filesOf("test/worker"));
  return filesOf("worker").filter((file) => decides(file) && !tests.has(testOf(file)));
};

/** Those that had none when the law was written: each that gets its test leaves this list, and none comes to it. */
export const WITHOUT_TEST: ReadonlySet<string> = new Set([
  "worker/env.ts",
  "worker/accounts/company.ts",
  "worker/accounts/sign-in-form.ts",
  "worker/alerts/digest.ts",
  "worker/alerts/mail.ts",
  "worker/app/webhook-work.ts",
  "worker/cin7/values.ts",
  "worker/connect/columns.ts",
  "worker/connect/hook-health.ts",
  "worker/connect/pages.ts",
  "worker/connect/work.ts",
  "worker/connect/stores/form.ts",
  "worker/connect/stores/summary.ts",
  "worker/disconnect/tables.ts",
  "worker/first-run/other-connection.ts",
  "worker/home/checklist.ts",
  "worker/home/today.ts",
  "worker/inbox/define-work.ts",
  "worker/inbox/steps.ts",
  "worker/inbox/work.ts",
  "worker/inbox/queue/turn.ts",
  "worker/lib/days.ts",
  "worker/lib/ids.ts",
  "worker/lib/log.ts",
  "worker/lib/smaller-page.ts",
  "worker/lib/text.ts",
  "worker/orders/capture/capture-table.ts",
  "worker/orders/capture/work.ts",
  "worker/orders/mapping/bundles.ts",
  "worker/orders/mapping/collector.ts",
  "worker/orders/mapping/explanations.ts",
  "worker/orders/mapping/sold.ts",
  "worker/orders/mapping/amounts/document.ts",
  "worker/orders/mapping/amounts/lines.ts",
  "worker/orders/mapping/amounts/order-row.ts",
  "worker/orders/reading/picture.ts",
  "worker/problems/phrases.ts",
  "worker/problems/registry.ts",
  "worker/reconcile/changed.ts",
  "worker/reconcile/sales.ts",
  "worker/retention/evidence.ts",
  "worker/settings/capacity.ts",
  "worker/settings/warnings.ts",
  "worker/settings/choices/charge-items.ts",
  "worker/settings/choices/csv.ts",
  "worker/settings/choices/statuses.ts",
  "worker/settings/choices/tax-classes.ts",
  "worker/test-sale/document.ts",
]);
