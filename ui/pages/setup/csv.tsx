import { useSignal } from "@preact/signals";
import type { ImportMappings, MappingKind, SettingsReply } from "../../../worker/contract/index.ts";
import { Button, Message, Panel } from "../../components/basics.tsx";
import { Field } from "../../components/field.tsx";
import { toast } from "../../components/toast.tsx";
import { ApiError, download, post, sentence } from "../../lib/api.ts";
import { invalidate } from "../../lib/query.ts";
import { ordersChanged, storeApi } from "../../lib/store.ts";
import { adopt, base, dirty } from "./draft.ts";

/** The table of this page as a file, and back again: all rows or none (K25). */
export function CsvPanel({ kind, locked }: { kind: MappingKind; locked: boolean }) {
  const busy = useSignal(false);
  const wrong = useSignal<string[]>([]);
  const take = async (file: File | undefined) => {
    if (!file) return;
    busy.value = true;
    wrong.value = [];
    try {
      const sent: ImportMappings = { kind, csv: await file.text(), basedOn: base.peek()?.version ?? 0 };
      adopt(await post<SettingsReply>(storeApi`/settings/mappings.csv`, sent));
      for (const part of ["/settings", "/charges"]) invalidate(`${storeApi``}${part}`);
      ordersChanged();
      toast("The file was taken over and saved.");
    } catch (error) {
      const fields = error instanceof ApiError ? Object.values(error.fields) : [];
      wrong.value = fields.length ? fields : [sentence(error)];
    } finally {
      busy.value = false;
    }
  };
  return (
    <Panel
      title="As a file"
      text="Save this table as a CSV file, change it in a spreadsheet and load it again. Rows that the file does not name stay as they are."
      actions={
        <Button
          variant="secondary"
          onClick={() =>
            void download(`${storeApi`/settings/mappings.csv`}?kind=${kind}`).catch((error: unknown) => toast(sentence(error), "error"))
          }
        >
          Save as CSV
        </Button>
      }
    >
      {wrong.value.length > 0 && (
        <Message type="error" title="The file was not taken over">
          <ul>
            {wrong.value.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Message>
      )}
      <Field
        label="Load a CSV file"
        text={dirty.value ? "Save or discard your other changes first." : "Every line is checked before anything is saved."}
      >
        {(tied) => (
          <input
            {...tied}
            type="file"
            class="control"
            accept=".csv,text/csv"
            disabled={locked || busy.value || dirty.value}
            onChange={(e) => {
              const input = e.currentTarget;
              void take(input.files?.[0]).then(() => {
                input.value = "";
              });
            }}
          />
        )}
      </Field>
    </Panel>
  );
}
