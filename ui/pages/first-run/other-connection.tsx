import { useSignal } from "@preact/signals";
import type { OtherConnection } from "../../../worker/contract/index.ts";
import { Button, Message, Needs, Panel } from "../../components/basics.tsx";
import { Load } from "../../components/load.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { post, sentence } from "../../lib/api.ts";
import { dateTime, plural } from "../../lib/format.ts";
import { invalidate, supply, useQuery } from "../../lib/query.ts";
import { can } from "../../lib/session.ts";
import { storeApi, storePath } from "../../lib/store.ts";

function Found({ other }: { other: OtherConnection }) {
  if (!other.lookedAt) return <p>Nobody has looked yet.</p>;
  if (other.found.length === 0) return <Message type="success">{`Nothing found. Looked ${dateTime(other.lookedAt)}.`}</Message>;
  return (
    <>
      <Message type={other.blocks ? "error" : "warning"} title="Something else sends orders of this shop to Cin7 Core">
        <ul>
          {other.found.map((one) => (
            <li key={one.name}>
              {`${one.name} sent ${one.atLeast ? "at least " : ""}${plural(one.sales, "sale", "sales")} in ${plural(one.days ?? 30, "day", "days")}`}
              {one.lastAt ? `, the last change ${dateTime(one.lastAt)}` : ""}
            </li>
          ))}
        </ul>
        {other.off
          ? `${other.off.by} said on ${dateTime(other.off.at)} that it is switched off.`
          : other.blocks
            ? "Orders cannot be switched on while it runs: they would come twice."
            : "It has been quiet for 15 minutes."}
      </Message>
      <h3>How to switch it off</h3>
      <ol class="guide numbered">
        <li>In Cin7 Core open Integrations and choose the BigCommerce store.</li>
        <li>Under Setup switch off the loading of orders, or disconnect it.</li>
        <li>For another tool: switch off its orders to Cin7 Core.</li>
        <li>Come back here and say so, or wait 15 minutes.</li>
      </ol>
    </>
  );
}

export default function OtherConnectionPage() {
  const key = storeApi`/other-connection`;
  const query = useQuery<OtherConnection>(key);
  const busy = useSignal("");
  const failure = useSignal("");
  const ask = async (what: "" | "/off") => {
    busy.value = what || "look";
    failure.value = "";
    try {
      supply(key, await post<OtherConnection>(key + what));
      invalidate(storeApi`/home`);
    } catch (error) {
      failure.value = sentence(error);
    } finally {
      busy.value = "";
    }
  };
  return (
    <>
      <PageHead
        title="Is another connection running?"
        text="We look through the sales of the last 30 days for orders that something else sent to Cin7 Core, and once a week again."
      />
      <Needs right="operate" />
      <Panel
        title="What we found"
        actions={
          <Button variant="secondary" busy={busy.value === "look"} disabled={!can("operate")} onClick={() => void ask("")}>
            Look now
          </Button>
        }
      >
        {failure.value && <Message type="error">{failure.value}</Message>}
        <Load query={query}>
          {(other) => (
            <>
              <Found other={other} />
              {other.found.length > 0 && !other.off && (
                <Button variant="secondary" busy={busy.value === "/off"} disabled={!can("configure")} onClick={() => void ask("/off")}>
                  I have switched it off
                </Button>
              )}
            </>
          )}
        </Load>
      </Panel>
      <p>
        <a href={storePath("/")}>Back to the steps</a>
      </p>
    </>
  );
}
