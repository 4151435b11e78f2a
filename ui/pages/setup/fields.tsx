import type { ComponentChildren } from "preact";
import type { Settings } from "../../../worker/contract/index.ts";
import { Input, type Options, Radios, Select, Switch } from "../../components/field.tsx";
import { draft, edit, tie } from "./draft.ts";

/** A value of the document by its path, such as `orders.on`; the server reports an error of it under the same path. */
type Part = keyof Settings & string;
type At = { [K in Part]: `${K}.${keyof Settings[K] & string}` }[Part];
type ValueAt<P extends At> = P extends `${infer K extends Part}.${infer F}`
  ? F extends keyof Settings[K]
    ? Settings[K][F]
    : never
  : never;
/** The paths of values of one type. */
type Of<V> = { [P in At]: ValueAt<P> extends V ? P : never }[At];

type Parts = Record<string, Record<string, unknown>>;
const split = (at: At) => at.split(".") as [string, string];
function valueAt<P extends At>(at: P): ValueAt<P> {
  const [part, name] = split(at);
  return (draft.value as Parts | null)?.[part]?.[name] as ValueAt<P>;
}
const put = <P extends At>(at: P, value: ValueAt<P>) =>
  edit(at, (settings) => {
    const [part, name] = split(at);
    Object.assign((settings as unknown as Parts)[part] ?? {}, { [name]: value });
  });

interface Said {
  label: string;
  text?: ComponentChildren;
  locked: boolean;
  required?: boolean;
}

/** Fields of Setup: each shows, changes and reports one value of the document. */
export function SwitchAt({ at, label, text, locked }: { at: Of<boolean>; label: string; text: string; locked: boolean }) {
  return (
    <Switch
      label={label}
      text={text}
      checked={valueAt(at)}
      disabled={locked}
      {...tie(at)}
      onChange={(e) => put(at, e.currentTarget.checked)}
    />
  );
}

export function RadiosAt<P extends Of<string>>(
  props: Said & { at: P; options: readonly { value: ValueAt<P> & string; label: string; text?: string }[] },
) {
  const { at, locked, ...rest } = props;
  return <Radios {...rest} value={valueAt(at) as ValueAt<P> & string} disabled={locked} {...tie(at)} onPick={(value) => put(at, value)} />;
}

/** The empty choice is null. */
export function SelectAt({ at, locked, ...rest }: Said & { at: Exclude<Of<string | null>, Of<string>>; options: Options }) {
  return (
    <Select {...rest} value={valueAt(at) ?? ""} disabled={locked} {...tie(at)} onChange={(e) => put(at, e.currentTarget.value || null)} />
  );
}

export function InputAt({ at, locked, ...rest }: Said & { at: Of<string>; inputMode?: "decimal" }) {
  return (
    <Input {...rest} value={valueAt(at)} disabled={locked} {...tie(at)} onInput={(e) => put(at as "rounding.cap", e.currentTarget.value)} />
  );
}
