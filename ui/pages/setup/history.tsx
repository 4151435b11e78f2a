import type { SettingsVersions } from "../../../worker/contract/index.ts";
import { Panel } from "../../components/basics.tsx";
import { Empty, Load } from "../../components/load.tsx";
import { Table } from "../../components/table.tsx";
import { count, dateTime, readable } from "../../lib/format.ts";
import { useQuery } from "../../lib/query.ts";
import { storeApi } from "../../lib/store.ts";
import { Rollback } from "./rollback.tsx";

const FIRST = 6;

const List = ({ changes }: { changes: string[] }) => (
  <ul>
    {changes.map((change) => (
      <li key={change}>{readable(change)}</li>
    ))}
  </ul>
);

/** The first save changes nearly everything: the rest of a long list is one click away. */
const Changes = ({ changes }: { changes: string[] }) =>
  changes.length <= FIRST + 2 ? (
    <List changes={changes} />
  ) : (
    <>
      <List changes={changes.slice(0, FIRST)} />
      <details>
        <summary>{`Show ${count(changes.length - FIRST)} more`}</summary>
        <List changes={changes.slice(FIRST)} />
      </details>
    </>
  );

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
                { key: "version", header: "Version", head: true, class: "nowrap", cell: (v) => `Version ${count(v.version)}` },
                {
                  key: "at",
                  header: "Saved",
                  class: "saved",
                  cell: (v) => (
                    <>
                      {dateTime(v.savedAt)}
                      <small class="muted">by {v.savedBy}</small>
                    </>
                  ),
                },
                {
                  key: "changes",
                  header: "What changed",
                  class: "grow",
                  wide: true,
                  cell: (v, i) => (
                    <>
                      <Changes changes={v.changes} />
                      {i > 0 && <Rollback version={v.version} />}
                    </>
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
