import type { SettingsVersions } from "../../../worker/contract.ts";
import { Panel } from "../../components/basics.tsx";
import { Empty, Load } from "../../components/load.tsx";
import { Table } from "../../components/table.tsx";
import { count, dateTime } from "../../lib/format.ts";
import { useQuery } from "../../lib/query.ts";
import { storeApi } from "../../lib/store.ts";

export function History() {
  const query = useQuery<SettingsVersions>(storeApi`/settings/versions`);
  return (
    <Panel title="History of changes" text="Every save is a version. Each order shows the version it was made with.">
      <Load query={query}>
        {({ versions }) =>
          versions.length ? (
            <Table
              caption="Versions of the setup"
              rows={versions}
              rowKey={(v) => v.version}
              columns={[
                { key: "version", header: "Version", head: true, cell: (v) => `Version ${count(v.version)}` },
                { key: "at", header: "Saved", class: "nowrap", cell: (v) => dateTime(v.savedAt) },
                { key: "by", header: "By", cell: (v) => v.savedBy },
                {
                  key: "changes",
                  header: "What changed",
                  wide: true,
                  cell: (v) => (
                    <ul>
                      {v.changes.map((change) => (
                        <li key={change}>{change}</li>
                      ))}
                    </ul>
                  ),
                },
              ]}
            />
          ) : (
            <Empty title="Nothing was saved yet" />
          )
        }
      </Load>
    </Panel>
  );
}
