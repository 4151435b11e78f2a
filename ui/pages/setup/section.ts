import type { Choices, Settings } from "../../../worker/contract/index.ts";

/** What every section of Setup that edits the document is given. */
export interface SectionProps {
  settings: Settings;
  choices: Choices;
  /** Reads the choices again from both sides. */
  reload: () => Promise<Choices | null>;
  locked: boolean;
}
