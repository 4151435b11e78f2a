import type { Attempt } from "../../worker/contract/index.ts";
import { Badge, Panel } from "../components/basics.tsx";
import { Empty } from "../components/load.tsx";
import { count, plural, seconds } from "../lib/format.ts";
import { OUTCOME } from "../lib/words.ts";

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

const Body = ({ title, body, none }: { title: string; body: string | null; none: string }) => (
  <div>
    <h3>{title}</h3>
    {body === null ? (
      <p class="muted">{none}</p>
    ) : body === "" ? (
      <p class="muted">Empty.</p>
    ) : (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long bodies scroll, also by keyboard
      <pre tabIndex={0}>{pretty(body)}</pre>
    )}
  </div>
);

const One = ({ attempt: a }: { attempt: Attempt }) => (
  <details class="attempt">
    <summary>
      <b>{a.step}</b>
      <span class="small muted">{seconds(a.at)}</span>
      <span class="small muted">{`${a.side}, ${count(a.ms)} ms`}</span>
      <Badge label={OUTCOME[a.outcome].word} tone={OUTCOME[a.outcome].tone} />
    </summary>
    <div class="body">
      <p>
        <code>
          {a.method} {a.path}
        </code>
        {a.status !== null && ` answered ${a.status}`}
      </p>
      {a.note && <p>{a.note}</p>}
      <Body title="Sent" body={a.request} none="No longer kept." />
      <Body title="Answered" body={a.response} none={a.status === null ? "No answer came." : "No longer kept."} />
    </div>
  </details>
);

export const Attempts = ({ attempts }: { attempts: Attempt[] }) => (
  <Panel
    title="Every attempt"
    text={
      attempts.length ? `${plural(attempts.length, "call", "calls")}, newest first. Open one to see what was sent and answered.` : undefined
    }
  >
    {attempts.length ? (
      [...attempts].sort((a, b) => b.at.localeCompare(a.at) || b.id - a.id).map((a) => <One key={a.id} attempt={a} />)
    ) : (
      <Empty title="Nothing was sent yet" />
    )}
  </Panel>
);
