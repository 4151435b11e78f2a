import { useSignal } from "@preact/signals";
import type { Choices, ProblemRow, QuickAnswer, Settings, SettingsReply } from "../../../worker/contract/index.ts";
import { Button, Message } from "../../components/basics.tsx";
import { type Options, Select } from "../../components/field.tsx";
import { Load } from "../../components/load.tsx";
import { toast } from "../../components/toast.tsx";
import { get, put } from "../../lib/api.ts";
import { plural, quantity } from "../../lib/format.ts";
import { invalidate, useQuery } from "../../lib/query.ts";
import { useRun } from "../../lib/run.ts";
import { ordersChanged, storeApi } from "../../lib/store.ts";

export const answerOf = (problem: ProblemRow): QuickAnswer | null =>
  problem.remedies.flatMap((remedy) => ("to" in remedy && remedy.answer ? [remedy.answer] : []))[0] ?? null;

const SIDE = { with: "withTax", without: "withoutTax" } as const;

/** The chosen rules in the table of Setup: a class that is not there yet comes with its rule. */
function choose(settings: Settings, answers: readonly { answer: QuickAnswer; rule: string }[]) {
  for (const { answer, rule } of answers) {
    const { classId, className, side } = answer;
    let row = settings.tax.classes.find((each) => each.classId === classId);
    if (!row) {
      row = { classId, className, withTax: null, withoutTax: null };
      settings.tax.classes.push(row);
    }
    row[SIDE[side]] = rule;
  }
}

/** The tax rules that are missing, chosen and saved where they are missed: one edit for all orders that wait. */
export function TaxAnswer({ problems }: { problems: readonly ProblemRow[] }) {
  const choices = useQuery<Choices>(storeApi`/choices`, { fresh: 60_000 });
  return (
    <Load query={choices} lines={2}>
      {(data) => <Rules problems={problems} choices={data} />}
    </Load>
  );
}

function Rules({ problems, choices }: { problems: readonly ProblemRow[]; choices: Choices }) {
  const picked = useSignal<Record<string, string>>({});
  const { busy, failure, run } = useRun();
  const options: Options = [
    ["", "Choose a tax rule"],
    ...choices.taxRules.filter((rule) => rule.active).map((rule) => [rule.name, `${rule.name} (${quantity(rule.percent)} %)`] as const),
  ];
  const answers = problems.flatMap((problem) => {
    const { key, orderCount } = problem;
    const answer = answerOf(problem);
    return answer ? [{ key, answer, orderCount, rule: picked.value[key] ?? "" }] : [];
  });
  const chosen = answers.filter(({ rule }) => rule !== "");
  const save = (event: Event) => {
    event.preventDefault();
    if (busy.peek() || chosen.length === 0) return;
    void run(async () => {
      const { version, settings } = await get<SettingsReply>(storeApi`/settings`);
      choose(settings, chosen);
      const { released } = await put<SettingsReply>(storeApi`/settings`, { basedOn: version, settings });
      invalidate(storeApi`/settings`);
      ordersChanged();
      toast(`Saved.${released ? ` ${plural(released, "order that waits is", "orders that wait are")} looked at again now.` : ""}`);
    });
  };
  return (
    <form class="answer" onSubmit={save}>
      {failure.value && <Message type="error">{failure.value}</Message>}
      {answers.map(({ key, answer, orderCount, rule }) => (
        <Select
          key={key}
          label={`${answer.className}, ${answer.side === "with" ? "when tax was charged" : "no tax charged"}`}
          text={answers.length > 1 ? plural(orderCount, "order waits", "orders wait") : undefined}
          options={options}
          value={rule}
          onChange={(e: { currentTarget: { value: string } }) => {
            picked.value = { ...picked.value, [key]: e.currentTarget.value };
          }}
        />
      ))}
      <Button type="submit" busy={busy.value} disabled={chosen.length === 0}>
        {`Save ${plural(Math.max(1, chosen.length), "tax rule", "tax rules")}`}
      </Button>
    </form>
  );
}
