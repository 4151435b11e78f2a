import { type Signal, useSignal } from "@preact/signals";
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
const accountOf = (p: ChargeProposal) => itemOf(p)?.account ?? p.account;

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

/** Of what is proposed, what has an account and is not there is created; all are taken into the document, which is not saved by this. */
export async function createCharges(proposed: ChargeProposal[]): Promise<void> {
  const open = proposed.filter((p) => !itemOf(p) && !p.productId && p.account);
  if (open.length) await post(storeApi`/charges`, { create: open.map(({ key, name, account }) => ({ key, name, account })) });
  const now = await get<ChargeProposals>(storeApi`/charges`);
  takeIn(now.charges, {});
  invalidate(storeApi`/charges`);
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

const itemOf = (p: ChargeProposal) => draft.value?.charges.items[p.key];

function Items({ charges, choices, locked }: { charges: ChargeProposal[] } & Pick<SectionProps, "choices" | "locked">) {
  const { busy, failure, run } = useRun();
  const chosen = useSignal<Record<string, string>>({});
  const open = charges.filter((p) => !itemOf(p));
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
      <Offer open={open.length} missing={missing.length} busy={busy.value} locked={locked} press={() => void press()} />
      <Table
        caption="Charges"
        rows={charges}
        rowKey={(p) => p.key}
        columns={[
          { key: "key", header: "Charge", head: true, cell: (p) => <What charge={p} /> },
          { key: "item", header: "Charge item in Cin7", cell: (p) => <Item charge={p} /> },
          {
            key: "account",
            header: "Account",
            wide: true,
            cell: (p) => <AccountOf charge={p} accounts={accounts} chosen={chosen} locked={locked} />,
          },
        ]}
      />
    </>
  );
}

/** The first step of what is left: items to create, else items that Cin7 Core has already. */
function Offer({ open, missing, ...rest }: { open: number; missing: number; busy: boolean; locked: boolean; press: () => void }) {
  if (open === 0) return null;
  const n = missing || open;
  const items = plural(n, "charge item", "charge items");
  const them = n === 1 ? "it" : "them";
  return (
    <Message
      type="info"
      title={
        missing ? `${items} ${n === 1 ? "is" : "are"} missing in Cin7 Core` : `${items} ${n === 1 ? "was" : "were"} found in Cin7 Core`
      }
    >
      {missing
        ? `Lockstep can create ${them} as products of type Service, which have no stock. Check the accounts first.`
        : `Check the accounts, then use ${them} for this store.`}
      <div class="actions">
        <Button busy={rest.busy} disabled={rest.locked} onClick={rest.press}>
          {missing ? `Create ${items} in Cin7` : `Use ${items} from Cin7`}
        </Button>
      </div>
    </Message>
  );
}

const What = ({ charge }: { charge: ChargeProposal }) => (
  <>
    {CHARGE[charge.key]}
    <small class="muted">{charge.what}</small>
  </>
);

function Item({ charge }: { charge: ChargeProposal }) {
  const item = itemOf(charge);
  return (
    <>
      {item?.name ?? charge.name}{" "}
      {!item && (charge.productId ? <Badge label="Found" tone="quiet" /> : <Badge label="Missing" tone="warning" />)}
    </>
  );
}

/** Before the item is there, its account is only remembered for it. */
function AccountOf(props: { charge: ChargeProposal; accounts: Options; chosen: Signal<Record<string, string>>; locked: boolean }) {
  const { charge, accounts, chosen, locked } = props;
  const item = itemOf(charge);
  const pick = (account: string) => {
    if (!item) chosen.value = { ...chosen.value, [charge.key]: account };
    else
      edit(path(charge), (s) => {
        s.charges.items[charge.key] = { ...item, account };
      });
  };
  return (
    <CellSelect
      label={`${CHARGE[charge.key]}: account`}
      options={accounts}
      value={item?.account ?? chosen.value[charge.key] ?? charge.account}
      disabled={locked}
      {...tie(path(charge))}
      onChange={(e) => pick(e.currentTarget.value)}
    />
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
