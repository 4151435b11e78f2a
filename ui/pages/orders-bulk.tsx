import { type Signal, useSignal } from "@preact/signals";
import type { BulkAction, BulkDone, OrderRow } from "../../worker/contract/index.ts";
import { AskedButton } from "../components/asked-button.tsx";
import { Button } from "../components/basics.tsx";
import type { Column } from "../components/table.tsx";
import { toast } from "../components/toast.tsx";
import { post, sentence } from "../lib/api.ts";
import { plural } from "../lib/format.ts";
import { can } from "../lib/session.ts";
import { ordersChanged, storeApi } from "../lib/store.ts";

export type Chosen = Signal<ReadonlySet<number>>;

export const pickColumn = (chosen: Chosen): Column<OrderRow> => ({
  key: "pick",
  header: "Choose",
  cell: (r) => (
    <input
      type="checkbox"
      class="check"
      aria-label={`Choose order ${r.id}`}
      disabled={!can("operate")}
      checked={chosen.value.has(r.id)}
      onChange={(e) => {
        const next = new Set(chosen.peek());
        if (e.currentTarget.checked) next.add(r.id);
        else next.delete(r.id);
        chosen.value = next;
      }}
    />
  ),
});

const said = ({ done, left }: BulkDone, what: string): string =>
  `${plural(done, "order is", "orders are")} ${what}.${left > 0 ? ` ${plural(left, "order is", "orders are")} on the way or in Cin7 already: left as ${left === 1 ? "it is" : "they are"}.` : ""}`;

/** What can be done with many orders at once (K12), said with their number. */
export function Bulk({ chosen, rows }: { chosen: Chosen; rows: readonly OrderRow[] }) {
  const busy = useSignal(false);
  // Only what is on the page: nobody decides about orders that they do not see.
  const ids = rows.filter((row) => chosen.value.has(row.id)).map((row) => row.id);
  const to = storeApi`/orders/bulk`;
  const finish = (reply: BulkDone, what: string) => {
    chosen.value = new Set();
    toast(said(reply, what));
    ordersChanged();
  };
  const process = async () => {
    busy.value = true;
    try {
      finish(await post<BulkDone>(to, { ids, action: "process" } satisfies BulkAction), "looked at again now");
    } catch (error) {
      toast(sentence(error), "error");
    } finally {
      busy.value = false;
    }
  };
  const all = ids.length === rows.length;
  return (
    <div class="actions">
      <Button
        slim
        variant="subtle"
        disabled={!can("operate")}
        onClick={() => {
          chosen.value = new Set(all ? [] : rows.map((row) => row.id));
        }}
      >
        {all ? "Choose none" : `Choose all ${rows.length}`}
      </Button>
      {ids.length > 0 && (
        <>
          <Button slim variant="secondary" busy={busy.value} disabled={!can("operate")} onClick={() => void process()}>
            {`Process ${plural(ids.length, "order", "orders")} now`}
          </Button>
          <AskedButton
            label={`Skip ${plural(ids.length, "order", "orders")}`}
            warning="Skipped orders are not sent to Cin7 Core and their stock is free again. They stay in the log; Process takes one all the same."
            to={to}
            body={{ ids, action: "skip" } satisfies BulkAction}
            onDone={(reply) => finish(reply as BulkDone, "skipped")}
          />
        </>
      )}
    </div>
  );
}
