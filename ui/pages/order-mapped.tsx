import type { DraftLineView, OrderDetail } from "../../worker/contract/index.ts";
import { Badge, Message, Panel } from "../components/basics.tsx";
import { Empty } from "../components/load.tsx";
import { type Column, Table } from "../components/table.tsx";
import { money, quantity, readable } from "../lib/format.ts";

const columns = (sum: (text: string) => string): Column<DraftLineView>[] => [
  {
    key: "sku",
    header: "SKU",
    head: true,
    class: "sku",
    cell: (l) => (l.kind === "charge" ? <Badge label="Charge" tone="quiet" /> : l.sku || "–"),
  },
  {
    key: "name",
    header: "Name",
    cell: (l) => (
      <>
        {l.name}
        {l.why && <small class="why">{readable(l.why)}</small>}
      </>
    ),
  },
  { key: "quantity", header: "Quantity", num: true, cell: (l) => quantity(l.quantity) },
  { key: "price", header: "Price", num: true, cell: (l) => sum(l.price) },
  { key: "taxRule", header: "Tax rule", class: "rule", cell: (l) => l.taxRule },
  { key: "tax", header: "Tax", num: true, cell: (l) => sum(l.tax) },
  { key: "account", header: "Account", cell: (l) => l.account || "From the product" },
  { key: "total", header: "Total", num: true, cell: (l) => sum(l.total) },
];

/** What Cin7 Core gets, and for every line and decision why. */
export function Mapped({ detail }: { detail: OrderDetail }) {
  const { mapped, order } = detail;
  const sum = (text: string) => money(text, order.currency);
  if (!mapped)
    return (
      <Panel title="What Cin7 Core gets">
        {order.state === "not-taken" ? (
          <Empty title="Nothing">The order is not taken.</Empty>
        ) : (
          <Empty title="Not worked out yet">
            {detail.problems.length
              ? "It follows as soon as what needs attention is decided above."
              : "It follows when the order is looked at."}
          </Empty>
        )}
      </Panel>
    );
  const { totals } = mapped;
  const foot = (
    [
      ["Before tax", totals.exTax],
      ["Tax", totals.tax],
      ["Total", totals.incTax],
    ] as const
  ).map(([label, amount]) => (
    <tr key={label}>
      <th scope="row" colSpan={7} class="num">
        {label}
      </th>
      <td class="num">{sum(amount)}</td>
    </tr>
  ));
  return (
    <Panel title="What Cin7 Core gets" text={`Worked out with version ${mapped.settingsVersion} of your setup.`}>
      {mapped.losses.length > 0 && (
        <Message type="warning" title="What did not fit">
          <ul>
            {mapped.losses.map((loss) => (
              <li key={loss}>{readable(loss)}</li>
            ))}
          </ul>
        </Message>
      )}
      <Table caption="Lines and charges in Cin7 Core" columns={columns(sum)} rows={mapped.lines} rowKey={(_, i) => i} foot={foot} />
      {mapped.decisions.length > 0 && (
        <div class="decisions">
          <h3>Why it looks like this</h3>
          <dl class="facts">
            {mapped.decisions.map((d) => [
              <dt key={`${d.label}-t`}>{d.label}</dt>,
              <dd key={`${d.label}-d`}>
                {readable(d.value)}
                {d.why && <small class="block">{readable(d.why)}</small>}
              </dd>,
            ])}
          </dl>
        </div>
      )}
    </Panel>
  );
}
