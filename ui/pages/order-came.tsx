import type { CameLine, CameTotal, OrderDetail, OrderNow } from "../../worker/contract/index.ts";
import { Badge, Button, Message, Panel } from "../components/basics.tsx";
import { Load } from "../components/load.tsx";
import { Table } from "../components/table.tsx";
import { moment, money, quantity, readable } from "../lib/format.ts";
import { useQuery } from "../lib/query.ts";
import { storeApi } from "../lib/store.ts";

type Said = OrderDetail["came"][number];
/** One fact on both sides; "" where a side does not say it. */
type Beside = { label: string; was: string; is: string };

/** The same label may come more than once (several addresses): told apart by its turn. */
function byTurn(facts: readonly Said[]): Map<string, Said> {
  const turns = new Map<string, number>();
  return new Map(
    facts.map((fact) => {
      const turn = turns.get(fact.label) ?? 0;
      turns.set(fact.label, turn + 1);
      return [`${fact.label}|${turn}`, fact];
    }),
  );
}

function beside(came: readonly Said[], now: readonly Said[]): Beside[] {
  const [was, is] = [byTurn(came), byTurn(now)];
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => ({
    label: (was.get(key) ?? is.get(key))?.label ?? "",
    was: was.get(key)?.value ?? "",
    is: is.get(key)?.value ?? "",
  }));
}

/** Covered values are alike whatever they are, so it is not said of them that they are the same. */
const COVERED = "•••";

const Facts = ({ facts }: { facts: readonly Said[] }) => (
  <dl class="facts came">
    {facts.map((fact, i) => [<dt key={`${i}-t`}>{fact.label}</dt>, <dd key={`${i}-d`}>{readable(fact.value)}</dd>])}
  </dl>
);

/** What differs, side by side; then what is as it came. */
function BothSides({ rows }: { rows: Beside[] }) {
  const differs = rows.filter((row) => row.is !== row.was);
  const covered = rows.some((row) => row.was === COVERED);
  return (
    <>
      {differs.length > 0 && <Differences rows={differs} />}
      <p class="small muted">
        {differs.length > 0 ? "The rest is as it came." : "BigCommerce says the same as when it was read."}
        {covered && " What is covered was not compared."}
      </p>
      <Facts facts={rows.filter((row) => row.is === row.was).map(({ label, was }) => ({ label, value: was }))} />
    </>
  );
}

const Differences = ({ rows }: { rows: Beside[] }) => (
  <div class="came">
    <Table
      caption="What came and what BigCommerce says now"
      rows={rows}
      rowKey={(row, i) => `${row.label} ${i}`}
      columns={[
        { key: "label", header: "Fact", head: true, class: "nowrap", cell: (row) => row.label },
        { key: "was", header: "When it was read", cell: (row) => readable(row.was) || "–" },
        {
          key: "is",
          header: "Now",
          cell: (row) => (
            <>
              {readable(row.is) || "–"} <Badge label="Changed" tone="warning" />
            </>
          ),
        },
      ]}
    />
  </div>
);

type Mark = { label: string; tone: "warning" | "danger" } | null;
type Sums = { currency: string; withTax: boolean };

function Lines(
  props: Sums & { caption: string; lines: readonly CameLine[]; totals: readonly CameTotal[]; markOf: (line: CameLine) => Mark },
) {
  const { caption, lines, totals, currency, withTax, markOf } = props;
  const sum = (text: string) => money(text, currency);
  const foot = totals.map((row, i) => (
    <tr key={`${row.label} ${i}`} class={i === totals.length - 1 ? "sum" : undefined}>
      <th scope="row" colSpan={4} class="num">
        {row.label}
      </th>
      <td class="num wide-only">{sum(row.exTax)}</td>
      <td class="num wide-only">{sum(row.tax)}</td>
      <td class="num">{sum(row.incTax)}</td>
    </tr>
  ));
  return (
    <Table
      caption={caption}
      rows={lines}
      rowKey={(_, i) => i}
      foot={foot}
      columns={[
        { key: "sku", header: "SKU", head: true, class: "sku", cell: (l) => l.sku || "–" },
        {
          key: "name",
          header: "Name",
          cell: (l) => {
            const mark = markOf(l);
            return (
              <>
                {l.name} {mark && <Badge {...mark} />}
              </>
            );
          },
        },
        { key: "quantity", header: "Quantity", num: true, cell: (l) => quantity(l.quantity) },
        { key: "price", header: withTax ? "Price with tax" : "Price without tax", num: true, cell: (l) => sum(l.price) },
        { key: "exTax", header: "Without tax", num: true, cell: (l) => sum(l.exTax) },
        { key: "tax", header: "Tax", num: true, cell: (l) => sum(l.tax) },
        { key: "incTax", header: "With tax", num: true, cell: (l) => sum(l.incTax) },
      ]}
    />
  );
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const isWithTax = (facts: readonly Said[]) => facts.some(({ label, value }) => label === "Prices" && value === "With tax");
const alike = (a: CameLine, b: CameLine) => a.sku === b.sku && a.name === b.name;

function Money({ detail, now }: { detail: OrderDetail; now: OrderNow | undefined }) {
  const { cameLines: before, cameTotals, order } = detail;
  const { currency } = order;
  const after = now?.cameLines ?? [];
  const isKnown = before.length > 0;
  const differs =
    now !== undefined && after.length > 0 && (!same(before, after) || (cameTotals.length > 0 && !same(cameTotals, now.cameTotals)));
  const gone = (line: CameLine): Mark =>
    differs && !after.some((other) => alike(line, other)) ? { label: "Gone now", tone: "danger" } : null;
  const fresh = (line: CameLine): Mark => {
    if (!isKnown || before.some((other) => same(line, other))) return null;
    return { label: before.some((other) => alike(line, other)) ? "Changed" : "New", tone: "warning" };
  };
  return (
    <>
      {isKnown && (
        <Lines
          caption="Lines of the order as it was read"
          lines={before}
          totals={cameTotals}
          currency={currency}
          withTax={isWithTax(detail.came)}
          markOf={gone}
        />
      )}
      {now && differs && (
        <>
          {isKnown && <h3 class="now">Lines and total now</h3>}
          <Lines
            caption="Lines of the order in BigCommerce now"
            lines={after}
            totals={now.cameTotals}
            currency={currency}
            withTax={isWithTax(now.came)}
            markOf={fresh}
          />
        </>
      )}
    </>
  );
}

/** What came and what BigCommerce says now, side by side; a difference is marked by a word. Asked when the page opens, and not kept. */
export function Came({ detail }: { detail: OrderDetail }) {
  const query = useQuery<OrderNow>(storeApi`/orders/${detail.order.id}/now`, { fresh: 60_000 });
  const now = query.data.value;
  const known = detail.came.length > 0;
  return (
    <Panel
      title={known ? "What came, and what BigCommerce says now" : "What BigCommerce says"}
      text={now ? `Asked ${moment(now.at)}. What it says now is shown here and not kept.` : undefined}
      actions={
        <Button variant="secondary" slim busy={query.busy.value} onClick={query.refresh}>
          Ask BigCommerce again
        </Button>
      }
    >
      {now?.changes && now.changes.length > 0 && (
        <Message type="warning" title="Changed in BigCommerce since its sale was made">
          <ul>
            {now.changes.map((change) => (
              <li key={change}>{readable(change)}</li>
            ))}
          </ul>
        </Message>
      )}
      {known && now && now.came.length > 0 ? (
        <BothSides rows={beside(detail.came, now.came)} />
      ) : (
        <Facts facts={known ? detail.came : (now?.came ?? [])} />
      )}
      <Money detail={detail} now={now} />
      {!now && (
        <Load query={query} lines={3}>
          {() => null}
        </Load>
      )}
      {now && query.error.value && <Load query={query}>{() => null}</Load>}
    </Panel>
  );
}
