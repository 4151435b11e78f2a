import type { Ref, Settings } from "../../../../worker/contract/index.ts";
import { Message } from "../../../components/basics.tsx";
import { FieldError, Option, Radios } from "../../../components/field.tsx";
import { edit, errors, tie } from "../draft.ts";
import type { SectionProps } from "../section.ts";

const MODES = [
  { value: "all", label: "All", text: "Every location of Cin7 Core, also those that are added later." },
  { value: "chosen", label: "Only these", text: "The ones that you choose below." },
] as const;

const PATH = "location.stock";
const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** An error of the list is told at its place in the list: any change of the list ends them all. */
function change(how: (settings: Settings) => Settings["location"]["stock"]) {
  errors.value = Object.fromEntries(Object.entries(errors.peek()).filter(([path]) => !path.startsWith(`${PATH}.`)));
  edit(PATH, (s) => {
    s.location.stock = how(s);
  });
}

function Chosen({ stock, choices, locked }: { stock: Ref[] } & Pick<SectionProps, "choices" | "locked">) {
  const gone = stock.filter(({ id }) => !choices.locations.some((l) => l.id === id));
  const places = [...choices.locations, ...gone];
  const wrong = stock.flatMap((_, i) => errors.value[`${PATH}.${i}`] ?? []);
  return (
    <fieldset class="field">
      <legend>Locations whose stock counts</legend>
      {places.map((place) => (
        <Option key={place.id} label={gone.includes(place) ? `${place.name} (no longer offered)` : place.name}>
          {(tied) => (
            <input
              {...tied}
              type="checkbox"
              class="check"
              checked={stock.some(({ id }) => id === place.id)}
              disabled={locked}
              onChange={(e) => {
                const on = e.currentTarget.checked;
                const now = places.filter(({ id }) => (id === place.id ? on : stock.some((each) => each.id === id)));
                change(() => now.map(({ id, name }) => ({ id, name })));
              }}
            />
          )}
        </Option>
      ))}
      {wrong.map((sentence) => (
        <FieldError key={sentence} error={sentence} />
      ))}
    </fieldset>
  );
}

/** Whose stock counts for this store (F26), beside the one location from which its sales ship (M34). */
export function StockLocations({ settings, choices, locked }: SectionProps) {
  const { stock, salesShipFrom } = settings.location;
  const from = salesShipFrom?.name ?? "the location above";
  const elsewhere = stock === "all" ? [] : stock.filter(({ id }) => id !== salesShipFrom?.id).map(({ name }) => name);
  return (
    <>
      <Radios
        label="Stock locations"
        text={`Whose stock counts for this store. Now: the page of an order that is not shipped yet shows what is there. Orders take their goods from ${from} alone, and this version sends no stock to BigCommerce.`}
        value={stock === "all" ? "all" : "chosen"}
        options={MODES}
        disabled={locked}
        {...tie(PATH)}
        onPick={(value) => change(() => (value === "all" ? "all" : salesShipFrom ? [salesShipFrom] : []))}
      />
      {stock === "all" && choices.notForSale.length > 0 && (
        <Message type="warning" title="All counts goods that may not be for sale">
          {`${quoted(choices.notForSale)} ${choices.notForSale.length === 1 ? "looks" : "look"} like a place for other goods. Choose the locations one by one to leave ${choices.notForSale.length === 1 ? "it" : "them"} out.`}
        </Message>
      )}
      {stock !== "all" && <Chosen stock={stock} choices={choices} locked={locked} />}
      {elsewhere.length > 0 && salesShipFrom && (
        <Message type="info">{`Cin7 Core gives an order goods of ${from} only. What is at ${quoted(elsewhere)} counts, but has to be moved there first.`}</Message>
      )}
    </>
  );
}
