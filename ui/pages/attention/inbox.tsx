import type { ProblemRow } from "../../../worker/contract/index.ts";
import { AsideButton, Card, Meta, Problem, putAside } from "../../components/problem.tsx";
import { leftCard } from "../../lib/back.ts";
import { count, plural, readable } from "../../lib/format.ts";
import { can } from "../../lib/session.ts";
import { storePath } from "../../lib/store.ts";
import { URGENCY } from "../../lib/words.ts";
import { answerOf, TaxAnswer } from "./tax-answer.tsx";

/** Rows that follow each other and belong together. */
function runs<T>(rows: readonly T[], of: (row: T) => string): T[][] {
  const found: T[][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.[0] !== undefined && of(last[0]) === of(row)) last.push(row);
    else found.push([row]);
  }
  return found;
}

const causeOf = (row: ProblemRow): string => `${row.kind} ${row.holds}`;

/** The most urgent first, what has one cause together. */
export const Inbox = ({ rows }: { rows: readonly ProblemRow[] }) => (
  <>
    {runs(rows, (row) => row.urgency).map((section) => (
      <Section key={section[0]?.urgency} rows={section} />
    ))}
  </>
);

function Section({ rows }: { rows: readonly ProblemRow[] }) {
  const [first] = rows;
  if (!first) return null;
  const { word, text } = URGENCY[first.urgency];
  return (
    <section class={`urgency ${first.urgency}`} aria-label={word}>
      <header>
        <h2>
          {word} <span class="muted">{count(rows.length)}</span>
        </h2>
        <p class="muted">{text}</p>
      </header>
      {runs(rows, causeOf).map((cause) => (
        <Cause key={cause[0]?.key} rows={cause} />
      ))}
    </section>
  );
}

/** All that one edit answers is one card; the rest of one cause stands together, with one press for all that only tells. */
function Cause({ rows }: { rows: readonly ProblemRow[] }) {
  const [first] = rows;
  if (!first) return null;
  if (answerOf(first) && can("configure")) return <TaxCard rows={rows} />;
  const aside = first.aside ?? "Mark as read";
  return (
    <>
      {rows.length > 1 && !first.holds && (
        <div class="alike">
          <span class="muted">{`${count(rows.length)} of one kind`}</span>
          <AsideButton
            label={first.aside ? `All ${count(rows.length)}: ${aside}` : `Mark all ${count(rows.length)} as read`}
            name={`${aside}: all ${count(rows.length)} of one kind, beginning with ${readable(first.title)}`}
            variant="subtle"
            press={() => putAside(rows.map((row) => row.key))}
          />
        </div>
      )}
      {rows.map((row) => (
        <Problem key={row.key} problem={row} level="h3" />
      ))}
    </>
  );
}

/** Tax rules that are missing: chosen here, or in Setup among all others. */
function TaxCard({ rows }: { rows: readonly ProblemRow[] }) {
  const [first] = rows;
  const link = first?.remedies.find((remedy) => "to" in remedy);
  if (!first || !link || !("to" in link)) return null;
  const one = rows.length === 1;
  return (
    <Card id={first.key} title={one ? first.title : `${plural(rows.length, "tax rule is", "tax rules are")} missing.`} level="h3">
      <p>
        {one ? readable(first.text) : "Orders with these tax classes are held, and their stock. Choose the rules: all of them go at once."}
      </p>
      <TaxAnswer problems={rows} />
      <p class="more">
        <a
          href={storePath(link.to)}
          onClick={() => {
            leftCard.value = { key: first.key, to: link.to };
          }}
        >
          See all tax rules in Setup
        </a>
      </p>
      {rows.map((row) => (
        <Meta key={row.key} problem={row} />
      ))}
    </Card>
  );
}
