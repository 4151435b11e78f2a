import type { LeftOutside } from "../../../worker/contract/index.ts";
import { Button, Message } from "../../components/basics.tsx";
import { withQuery } from "../../lib/api.ts";
import { dateTime, dayOf, plural } from "../../lib/format.ts";
import { useQuery } from "../../lib/query.ts";
import { can } from "../../lib/session.ts";
import { storeApi, storePath } from "../../lib/store.ts";
import { base, draft, edit } from "../setup/draft.ts";

const takeToday = () =>
  edit("orders.takeFrom", (settings) => {
    settings.orders.takeFrom = dayOf(new Date().toISOString());
  });

/** How many orders the start leaves outside: said before it is saved and after (M21). */
export function Outside() {
  const from = draft.value?.orders.takeFrom ?? null;
  const on = base.value?.settings.orders.on ?? false;
  // Saved or not: another version may have another start.
  const key = withQuery(storeApi`/left-outside`, { ...(from ? { from } : {}), version: base.value?.version ?? 0 });
  const query = useQuery<LeftOutside>(can("operate") ? key : null, { fresh: 60_000 });
  const found = query.data.value;
  if (!found) return null;
  const when = from || on ? dateTime(found.startsAt) : "you switch orders on";
  const others = found.more ? ", perhaps more: 250 of each status are looked at" : "";
  return (
    <div role="status">
      {found.open === 0 ? (
        <p class="small muted">{`No open order of BigCommerce was placed before ${when}${others}: none is left outside.`}</p>
      ) : (
        <Message
          type="warning"
          title={`${plural(found.open, "open order was", "open orders were")} placed before ${when} and ${found.open === 1 ? "stays" : "stay"} outside${others}`}
        >
          {found.readyToday > 0 &&
            `${plural(found.readyToday, "of them was placed today and would be taken otherwise", "of them were placed today and would be taken otherwise")}. `}
          Choose an earlier day to take them all, or take some of them under{" "}
          <a href={storePath("/first-run/open-orders")}>Open orders from before</a>
          {on ? "." : " once orders are on."}
          {found.readyToday > 0 && (
            <div class="actions">
              <Button variant="secondary" slim disabled={!can("configure")} onClick={takeToday}>
                Take orders from today on
              </Button>
            </div>
          )}
        </Message>
      )}
    </div>
  );
}
