import { Panel } from "../../../components/basics.tsx";
import { CellSelect } from "../../../components/field.tsx";
import { Empty } from "../../../components/load.tsx";
import { Table } from "../../../components/table.tsx";
import { edit, tie } from "../draft.ts";
import type { SectionProps } from "../section.ts";

/** Which location an order ships from that the shopper fetches (M25). */
export function Pickups({ settings, choices, locked }: SectionProps) {
  const { pickups } = settings.location;
  const gone = pickups.filter((row) => !choices.pickupLocations.some((l) => l.id === row.id)).map(({ id, name }) => ({ id, name }));
  const rows = [...choices.pickupLocations, ...gone];
  return (
    <Panel
      title="Pickup"
      text="Orders that the shopper fetches get the carrier Pickup and no shipping address. Choose the location that hands them out."
    >
      {rows.length ? (
        <Table
          caption="Pickup locations"
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            { key: "name", header: "Location in BigCommerce", head: true, cell: (row) => row.name },
            {
              key: "location",
              header: "Location in Cin7",
              wide: true,
              cell: (row) => {
                const at = pickups.findIndex((p) => p.id === row.id);
                return (
                  <CellSelect
                    label={`${row.name}: location in Cin7`}
                    options={[["", "Ship from, as other orders"], ...choices.locations.map((l) => [l.id, l.name] as const)]}
                    value={pickups[at]?.location.id ?? ""}
                    disabled={locked}
                    {...tie(`location.pickups.${at < 0 ? pickups.length : at}.location`)}
                    onChange={(e) => {
                      const found = choices.locations.find((l) => l.id === e.currentTarget.value);
                      edit(`location.pickups.${at < 0 ? pickups.length : at}.location`, (s) => {
                        const others = s.location.pickups.filter((p) => p.id !== row.id);
                        const own = found ? [{ id: row.id, name: row.name, location: { id: found.id, name: found.name } }] : [];
                        s.location.pickups = [...others, ...own];
                      });
                    }}
                  />
                );
              },
            },
          ]}
        />
      ) : (
        <Empty title="No pickup locations">BigCommerce shows none for this store.</Empty>
      )}
    </Panel>
  );
}
