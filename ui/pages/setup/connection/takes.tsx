import { useEffect } from "preact/hooks";
import type { Cin7Takes, ForgetRefusal, Takes } from "../../../../worker/contract/index.ts";
import { Badge, Button, Message, Panel } from "../../../components/basics.tsx";
import { Load } from "../../../components/load.tsx";
import { post } from "../../../lib/api.ts";
import { moment } from "../../../lib/format.ts";
import { supply, useQuery } from "../../../lib/query.ts";
import { useRun } from "../../../lib/run.ts";
import { storeApi } from "../../../lib/store.ts";
import { TAKES } from "../../../lib/words.ts";

const ROWS: { what: ForgetRefusal["what"]; of: (takes: Cin7Takes) => Takes; name: string; refused: string }[] = [
  {
    what: "negative-charges",
    of: (takes) => takes.negativeCharges,
    name: "Negative charges, for discounts and coupons",
    refused: "Discounts lower the prices of the lines. Try again forgets this: the next discount is sent as a charge first.",
  },
  {
    what: "zero-price",
    of: (takes) => takes.zeroPrice,
    name: "A price of 0, for free lines",
    refused: "Free lines show a price of 1 with a discount of 100 %. Try again forgets this: the next free line is sent with 0 first.",
  },
];

function Body({ takes, locked }: { takes: Cin7Takes; locked: boolean }) {
  const { busy, failure, run } = useRun();
  const { trial, missing } = takes;
  const runs = trial !== null && trial.endedAt === null;
  const send = (path: string, body: unknown) =>
    run(async () => {
      supply(storeApi`/takes`, await post<Cin7Takes>(`${storeApi``}${path}`, body));
    });
  return (
    <>
      {failure.value && <Message type="error">{failure.value}</Message>}
      {ROWS.map(({ what, of, name, refused }) => (
        <div key={what}>
          <p>
            {name}: <Badge label={TAKES[of(takes)].word} tone={TAKES[of(takes)].tone} />
          </p>
          {of(takes) === "refused" && (
            <p>
              {refused}{" "}
              <Button
                variant="secondary"
                slim
                disabled={locked || busy.value}
                aria-label={`Try again: ${name}`}
                onClick={() => void send("/takes/forget", { what } satisfies ForgetRefusal)}
              >
                Try again
              </Button>
            </p>
          )}
        </div>
      ))}
      <p>
        A test sale finds out at once: one draft order for your default customer with one charge item, which allocates and ships nothing. It
        is voided right away and stays in Cin7 Core as a void sale with its number. Without it, the first order with a discount finds out.
      </p>
      <div class="actions">
        <Button
          variant="secondary"
          disabled={locked || missing.length > 0}
          busy={busy.value || runs}
          onClick={() => void send("/takes/trial", {})}
        >
          Make the test sale and void it
        </Button>
      </div>
      {missing.length > 0 && <p class="muted">{`First choose and save: ${missing.join(", ")}.`}</p>}
      <div role="status">
        {runs && <p>The test sale is on its way. It takes a few seconds.</p>}
        {trial?.endedAt && (
          <p>
            {trial.note} <span class="muted">{`${trial.by ? `${trial.by}, ` : ""}${moment(trial.endedAt)}`}</span>
          </p>
        )}
      </div>
    </>
  );
}

/** What this Cin7 Core account takes (decision 1.13): found by a test sale that the merchant agrees to, or by the first real one. */
export function Cin7TakesPanel({ locked }: { locked: boolean }) {
  const query = useQuery<Cin7Takes>(storeApi`/takes`);
  const trial = query.data.value?.trial;
  const runs = trial ? trial.endedAt === null : false;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(query.refresh, 2_000);
    return () => clearInterval(timer);
  }, [runs]);
  return (
    <Panel
      title="What your Cin7 Core takes"
      text="Some Cin7 Core accounts refuse negative charges or a price of 0. Lockstep then writes the same amounts in another way."
    >
      <Load query={query} lines={3}>
        {(takes) => <Body takes={takes} locked={locked} />}
      </Load>
    </Panel>
  );
}
