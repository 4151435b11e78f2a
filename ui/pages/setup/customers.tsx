import { useSignal } from "@preact/signals";
import type { CustomerChoices, GuestRule } from "../../../worker/contract/index.ts";
import { Button, Panel } from "../../components/basics.tsx";
import { FieldError, Option, Search } from "../../components/field.tsx";
import { Empty, Load } from "../../components/load.tsx";
import { withQuery } from "../../lib/api.ts";
import { useQuery } from "../../lib/query.ts";
import { storeApi } from "../../lib/store.ts";
import { edit, tie } from "./draft.ts";
import { RadiosAt } from "./fields.tsx";
import type { SectionProps } from "./section.ts";

const PATH = "customers.defaultCustomer";
const GUESTS: { value: GuestRule; label: string; text: string }[] = [
  {
    value: "per-email",
    label: "One customer for each e-mail address",
    text: "Found again at the next order. Made in Cin7 Core when it is new.",
  },
  {
    value: "default-customer",
    label: "The default customer",
    text: "All guest orders go to one customer; name and address stay on each sale.",
  },
];

function Find({ currentId }: { currentId: string | null }) {
  const q = useSignal("");
  const query = useQuery<CustomerChoices>(q.value ? withQuery(storeApi`/choices/customers`, { q: q.value }) : null, { fresh: 60_000 });
  return (
    <div class="stack inset">
      <Search
        name="Find a customer"
        label="Name or e-mail of a Cin7 customer"
        value={q.value}
        onSearch={(text) => {
          q.value = text;
        }}
      />
      {q.value && (
        <Load query={query} lines={2}>
          {({ customers }) =>
            customers.length ? (
              <fieldset>
                <legend class="vh">Customers found</legend>
                {customers.map((c) => (
                  <Option key={c.id} label={c.name} text={[c.email, c.currency].filter(Boolean).join(" · ")}>
                    {(tied) => (
                      <input
                        {...tied}
                        type="radio"
                        class="radio"
                        name="found-customer"
                        checked={c.id === currentId}
                        onChange={() =>
                          edit(PATH, (s) => {
                            s.customers.defaultCustomer = { id: c.id, name: c.name };
                          })
                        }
                      />
                    )}
                  </Option>
                ))}
              </fieldset>
            ) : (
              <Empty title="No customer found">Try how the name begins, or the e-mail address.</Empty>
            )
          }
        </Load>
      )}
    </div>
  );
}

export function Customers({ settings, locked }: SectionProps) {
  const { defaultCustomer } = settings.customers;
  const open = useSignal(defaultCustomer === null);
  const { error } = tie(PATH);
  return (
    <Panel title="Customers">
      <div class="field">
        <h3>Default customer</h3>
        <small>Takes orders that name no customer, and guest orders where you choose so.</small>
        <p>{defaultCustomer ? defaultCustomer.name : "None chosen"}</p>
        <div class="actions">
          <Button
            variant="secondary"
            slim
            name={PATH}
            disabled={locked}
            aria-expanded={open.value}
            aria-describedby={error ? "default-customer-e" : undefined}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            {defaultCustomer ? "Change default customer" : "Choose default customer"}
          </Button>
          {defaultCustomer && (
            <Button
              variant="subtle"
              slim
              disabled={locked}
              onClick={() =>
                edit(PATH, (s) => {
                  s.customers.defaultCustomer = null;
                })
              }
            >
              Remove default customer
            </Button>
          )}
        </div>
        <FieldError id="default-customer-e" error={error} />
        {open.value && <Find currentId={defaultCustomer?.id ?? null} />}
      </div>
      <RadiosAt
        at="customers.guests"
        label="Orders of guests"
        text="A guest has no account in your shop."
        options={GUESTS}
        locked={locked}
      />
    </Panel>
  );
}
