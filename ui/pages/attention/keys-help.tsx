import { Panel } from "../../components/basics.tsx";
import { Option } from "../../components/field.tsx";
import { GO_KEYS, keysOn, setKeys } from "../../lib/keys.ts";
import { KEYS } from "./keys.ts";

const Row = ({ keys, does }: { keys: string; does: string }) => (
  <>
    <dt>
      {keys.split(" ").map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </dt>
    <dd>{does}</dd>
  </>
);

/** Every single key that does something, and the switch that turns them off. */
export const KeyboardHelp = () => (
  <Panel title="Keyboard" text="Keys that work wherever you are not writing.">
    <dl class="facts">
      {GO_KEYS.map(([keys, does]) => (
        <Row key={keys} keys={keys} does={does} />
      ))}
      {KEYS.map(([keys, does]) => (
        <Row key={keys} keys={keys} does={`In Needs attention: ${does}`} />
      ))}
    </dl>
    <Option label="Use these keys" text="Switch them off if you dictate, or if they get in your way.">
      {(tied) => (
        <input type="checkbox" class="check" {...tied} checked={keysOn.value} onChange={(e) => setKeys(e.currentTarget.checked)} />
      )}
    </Option>
  </Panel>
);
