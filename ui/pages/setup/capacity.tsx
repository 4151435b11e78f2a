import type { Capacity as Fits } from "../../../worker/contract/index.ts";
import { Message, Panel } from "../../components/basics.tsx";
import { Load } from "../../components/load.tsx";
import { count, dateTime, plural } from "../../lib/format.ts";
import { useQuery } from "../../lib/query.ts";
import { storeApi } from "../../lib/store.ts";

/** Whether the busiest hour fits into what Cin7 Core takes, said beforehand (M48). */
export function Capacity() {
  const query = useQuery<Fits>(storeApi`/settings/capacity`);
  return (
    <Panel title="How many orders an hour" text="Cin7 Core takes a number of calls each minute. This is what the saved setup makes of it.">
      <Load query={query} lines={4}>
        {({ cin7, bigcommerce, busiest, fits, minutes, helps }) => (
          <>
            <dl class="facts">
              <dt>Calls to Cin7 Core for each order</dt>
              <dd>{`${count(cin7.perOrder)}: ${cin7.parts.map((p) => p.what).join(", ")}`}</dd>
              <dt>More for a new shopper</dt>
              <dd>{count(cin7.newCustomer)}</dd>
              <dt>Calls to BigCommerce for each order</dt>
              <dd>{`${count(bigcommerce.perOrder)}, with coupons ${count(bigcommerce.withCoupons)}`}</dd>
              <dt>Orders an hour that Cin7 Core takes</dt>
              <dd>{count(cin7.ordersPerHour)}</dd>
              <dt>Your busiest hour of the last 30 days</dt>
              <dd>{busiest ? `${plural(busiest.orders, "order", "orders")}, ${dateTime(busiest.at)}` : "No orders yet"}</dd>
            </dl>
            {!fits && (
              <Message type="warning" title="Your busiest hour is more than Cin7 Core takes in an hour">
                {`Its orders would all be in Cin7 Core after ${plural(minutes, "minute", "minutes")}. Stock is held meanwhile. What would help:`}
                <ul>
                  {helps.map((help) => (
                    <li key={help}>{help}</li>
                  ))}
                </ul>
              </Message>
            )}
          </>
        )}
      </Load>
    </Panel>
  );
}
