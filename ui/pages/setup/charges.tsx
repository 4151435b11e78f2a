import { useSignal } from "@preact/signals";
import type { ChargeProposal, ChargeProposals, SettingsReply } from "../../../worker/contract/index.ts";
import { Badge, Button, Message, Panel } from "../../components/basics.tsx";
import { CellSelect, type Options } from "../../components/field.tsx";
import { Load } from "../../components/load.tsx";
import { Table } from "../../components/table.tsx";
import { toast } from "../../components/toast.tsx";
import { get, post } from "../../lib/api.ts";
import { plural } from "../../lib/format.ts";
import { invalidate, useQuery } from "../../lib/query.ts";
import { useRun } from "../../lib/run.ts";
import { store, storeApi } from "../../lib/store.ts";
import { CHARGE } from "../../lib/words.ts";
import { Cin7TakesPanel } from "./connection/takes.tsx";
import { adopt, base, dirty, draft, edit, save, tie } from "./draft.ts";
import { InputAt, SwitchAt } from "./fields.tsx";
import { RoundingByMonth } from "./rounding.tsx";
import type { SectionProps } from "./section.ts";

const path = (p: ChargeProposal) => `charges.items.${p.key}.account`;
const accountOf = (p: ChargeProposal) => draft.value?.charges.items[p.key]?.account ?? p.account;

/** Products that exist in Cin7 Core by now are taken into the document; nothing that was chosen is replaced. */
function takeIn(found: ChargeProposal[], chosen: Record<string, string>) {
  edit("charges.items", (s) => {
    for (const p of found) {
      if (!p.productId) continue;
      const now = s.charges.items[p.key];
      s.charges.items[p.key] = { productId: p.productId, name: p.name, account: chosen[p.key] ?? now?.account ?? p.account };
    }
  });
}

/** Creates the missing service products, then keeps them in the setup: at once, unless other changes wait to be saved. */
async function create(missing: ChargeProposal[], chosen: Record<string, string>): Promise<void> {
  const clean = !dirty.peek();
  if (missing.length)
    await post(storeApi`/charges`, { create: missing.map((p) => ({ key: p.key, name: p.name, account: chosen[p.key] ?? accountOf(p) })) });
  const [saved, now] = await Promise.all([get<SettingsReply>(storeApi`/settings`), get<ChargeProposals>(storeApi`/charges`)]);
  if (clean && saved.version !== base.peek()?.version) adopt(saved);
  takeIn(now.charges, chosen);
  invalidate(storeApi`/charges`);
  if (clean && dirty.peek()) await save();
}

function Items({ charges, choices, locked }: { charges: ChargeProposal[] } & Pick<SectionProps, "choices" | "locked">) {
  const { busy, failure, run } = useRun();
  const chosen = useSignal<Record<string, string>>({});
  const open = charges.filter((p) => !draft.value?.charges.items[p.key]);
  const missing = open.filter((p) => !p.productId);
  const accounts: Options = [["", "Choose an account"], ...choices.chargeAccounts.map((a) => [a.code, `${a.code} ${a.name}`] as const)];
  const press = () =>
    run(async () => {
      await create(missing, chosen.peek());
      toast(`${plural(open.length, "charge item is", "charge items are")} set up now.`);
    });
  return (
    <>
      {failure.value && <Message type="error">{failure.value}</Message>}
      {missing.length > 0 && (
        <Message type="info" title={`${plural(missing.length, "charge item is", "charge items are")} missing in Cin7 Core`}>
          Lockstep can create {missing.length === 1 ? "it" : "them"} as products of type Service, which have no stock. Check the accounts
          first.
          <div class="actions">
            <Button busy={busy.value} disabled={locked} onClick={() => void press()}>
              {`Create ${plural(missing.length, "charge item", "charge items")} in Cin7`}
            </Button>
          </div>
        </Message>
      )}
      {missing.length === 0 && open.length > 0 && (
        <Message type="info" title={`${plural(open.length, "charge item was", "charge items were")} found in Cin7 Core`}>
          Check the accounts, then use {open.length === 1 ? "it" : "them"} for this store.
          <div class="actions">
            <Button busy={busy.value} disabled={locked} onClick={() => void press()}>
              {`Use ${plural(open.length, "charge item", "charge items")} from Cin7`}
            </Button>
          </div>
        </Message>
      )}
      <Table
        caption="Charges"
        rows={charges}
        rowKey={(p) => p.key}
        columns={[
          {
            key: "key",
            header: "Charge",
            head: true,
            cell: (p) => (
              <>
                {CHARGE[p.key]}
                <small class="muted">{p.what}</small>
              </>
            ),
          },
          {
            key: "item",
            header: "Charge item in Cin7",
            cell: (p) => {
              const item = draft.value?.charges.items[p.key];
              return (
                <>
                  {item?.name ?? p.name}{" "}
                  {!item && (p.productId ? <Badge label="Found" tone="quiet" /> : <Badge label="Missing" tone="warning" />)}
                </>
              );
            },
          },
          {
            key: "account",
            header: "Account",
            wide: true,
            cell: (p) => {
              const item = draft.value?.charges.items[p.key];
              return (
                <CellSelect
                  label={`${CHARGE[p.key]}: account`}
                  options={accounts}
                  value={item?.account ?? chosen.value[p.key] ?? p.account}
                  disabled={locked}
                  {...tie(path(p))}
                  onChange={(e) => {
                    const account = e.currentTarget.value;
                    if (!item) chosen.value = { ...chosen.value, [p.key]: account };
                    else
                      edit(path(p), (s) => {
                        s.charges.items[p.key] = { ...item, account };
                      });
                  }}
                />
              );
            },
          },
        ]}
      />
    </>
  );
}

export function Charges({ choices, locked }: SectionProps) {
  const query = useQuery<ChargeProposals>(storeApi`/charges`, { fresh: 300_000 });
  return (
    <>
      <Panel
        title="Charges and accounts"
        text="What an order has besides products: shipping, fees, discounts. In Cin7 Core each is a charge item with an account of its own: a product of type Service."
      >
        <Load query={query} lines={6}>
          {({ charges }) => <Items charges={charges} choices={choices} locked={locked} />}
        </Load>
      </Panel>
      <Panel title="Discounts and rounding">
        <SwitchAt
          at="charges.loadCouponCodes"
          label="Load coupon codes"
          text="Each coupon becomes a charge of its own with its code. While this is off, all coupons are one discount."
          locked={locked}
        />
        <SwitchAt
          at="charges.spreadDiscounts"
          label="Discounts lower the prices of the lines"
          text="No charge for discounts is made; each line costs less. While this is off, each discount is a charge of its own."
          locked={locked}
        />
        <InputAt
          at="rounding.cap"
          label={`Rounding, at most (${store.value?.currency ?? ""})`}
          text="A total may differ by this much for rounding, shown as a charge. Above it the order is held. At most 1.00."
          inputMode="decimal"
          required
          locked={locked}
        />
      </Panel>
      <RoundingByMonth />
      <Cin7TakesPanel locked={locked} />
    </>
  );
}
