import type { ComponentChildren, LooseInputHTMLAttributes, LooseSelectHTMLAttributes } from "preact";
import { useId } from "preact/hooks";
import { ErrorIcon, SearchIcon } from "./icons.tsx";

// Preact 11 types <input> by role and type; wrappers take the loose attributes and spread them as `object`.
type InputAttrs = Omit<LooseInputHTMLAttributes<HTMLInputElement>, "label" | "required">;
type SelectAttrs = Omit<LooseSelectHTMLAttributes<HTMLSelectElement>, "label" | "required">;
export type Options = readonly (readonly [value: string, text: string])[];

interface FieldProps {
  label: string;
  text?: ComponentChildren;
  error?: string | undefined;
  required?: boolean;
}
interface Tied {
  id: string;
  required?: boolean;
  "aria-invalid"?: "true";
  "aria-describedby"?: string;
}

export const FieldError = ({ id, error }: { id?: string; error?: string | undefined }) =>
  error ? (
    <span class="error" id={id}>
      <ErrorIcon size="lg" />
      <span>{error}</span>
    </span>
  ) : null;

export function Field({ label, text, error, required, children }: FieldProps & { children: (tied: Tied) => ComponentChildren }) {
  const id = useId();
  const about = [text && `${id}-d`, error && `${id}-e`].filter(Boolean).join(" ");
  const tied: Tied = { id };
  if (required) tied.required = true;
  if (error) tied["aria-invalid"] = "true";
  if (about) tied["aria-describedby"] = about;
  return (
    <div class="field">
      <label for={id}>
        {label}
        {required && (
          <span class="req" aria-hidden="true">
            {" *"}
          </span>
        )}
      </label>
      {text && <small id={`${id}-d`}>{text}</small>}
      {children(tied)}
      <FieldError id={`${id}-e`} error={error} />
    </div>
  );
}

const split = <P extends FieldProps>({ label, text, error, required, ...rest }: P) => [{ label, text, error, required }, rest] as const;

export function Input(props: FieldProps & InputAttrs) {
  const [field, rest] = split(props);
  return <Field {...field}>{(tied) => <input class="control" {...(rest as object)} {...tied} />}</Field>;
}

/** A value that is not among the choices stays visible: a list that lost it must not change it silently. */
const complete = (options: Options, value: string): Options =>
  options.some(([v]) => v === value) ? options : [...options, [value, `${value} (no longer offered)`]];

const optionList = (options: Options, value: unknown) =>
  complete(options, String(value ?? "")).map(([v, t]) => (
    <option key={v} value={v} selected={v === String(value ?? "")}>
      {t}
    </option>
  ));

export function Select({ options, ...props }: FieldProps & SelectAttrs & { options: Options }) {
  const [field, rest] = split(props);
  return (
    <Field {...field}>
      {(tied) => (
        <select class="control" {...(rest as object)} {...tied}>
          {optionList(options, rest.value)}
        </select>
      )}
    </Field>
  );
}

/** A select in a table: its name is said to screen readers only, the column's head says it to the eye. */
export function CellSelect({
  label,
  options,
  error,
  ...rest
}: { label: string; options: Options; error?: string | undefined } & SelectAttrs) {
  const id = useId();
  return (
    <>
      <select
        class="control"
        aria-label={label}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error ? `${id}-e` : undefined}
        {...(rest as object)}
      >
        {optionList(options, rest.value)}
      </select>
      <FieldError id={`${id}-e`} error={error} />
    </>
  );
}

/** One of several choices: the label is its name, the sentence its description. */
export function Option({ label, text, children }: { label: string; text?: string; children: (tied: Tied) => ComponentChildren }) {
  const id = useId();
  const tied: Tied = { id };
  if (text) tied["aria-describedby"] = `${id}-d`;
  return (
    <div class="option">
      {children(tied)}
      <span>
        <label for={id}>{label}</label>
        {text && <small id={`${id}-d`}>{text}</small>}
      </span>
    </div>
  );
}

/** A small labelled select beside a list. */
export function PickOne(props: { label: string; value: string; options: Options; onPick: (value: string) => void; class?: string }) {
  const id = useId();
  return (
    <span class={`inline ${props.class ?? ""}`}>
      <label for={id}>{props.label}</label>
      <select id={id} class="control" value={props.value} onChange={(e) => props.onPick(e.currentTarget.value)}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value} selected={value === props.value}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}

/** A day beside a list, or none. `name`: what a screen reader says where the label alone says too little. */
export function PickDay(props: {
  label: string;
  name?: string;
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  onPick: (day: string) => void;
}) {
  const id = useId();
  return (
    <span class="inline">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="date"
        class="control"
        aria-label={props.name}
        value={props.value}
        min={props.min || undefined}
        max={props.max || undefined}
        onChange={(e) => props.onPick(e.currentTarget.value)}
      />
    </span>
  );
}

/** A choice whose every option deserves a sentence. */
export function Radios<V extends string>(
  props: FieldProps & {
    name: string;
    value: V;
    options: readonly { value: V; label: string; text?: string }[];
    disabled?: boolean;
    onPick: (value: V) => void;
  },
) {
  const id = useId();
  const { label, text, error, name, value, options, disabled, onPick } = props;
  const about = [text && `${id}-d`, error && `${id}-e`].filter(Boolean).join(" ");
  return (
    <fieldset class="field" aria-describedby={about || undefined}>
      <legend>{label}</legend>
      {text && <small id={`${id}-d`}>{text}</small>}
      {options.map((option) => (
        <Option key={option.value} label={option.label} text={option.text}>
          {(tied) => (
            <input
              {...tied}
              type="radio"
              class="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={disabled}
              onChange={() => onPick(option.value)}
            />
          )}
        </Option>
      ))}
      <FieldError id={`${id}-e`} error={error} />
    </fieldset>
  );
}

export function Switch({ label, text, error, ...rest }: { label: string; text?: string; error?: string | undefined } & InputAttrs) {
  const id = useId();
  const about = [text && `${id}-d`, error && `${id}-e`].filter(Boolean).join(" ");
  return (
    <div class="switch-row">
      {/* biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox says its own state */}
      <input type="checkbox" role="switch" class="switch" id={id} aria-describedby={about || undefined} {...(rest as object)} />
      <span>
        <label for={id}>
          <b>{label}</b>
        </label>
        {text && <small id={`${id}-d`}>{text}</small>}
        <FieldError id={`${id}-e`} error={error} />
      </span>
    </div>
  );
}

export function Search({ name, label, value, onSearch }: { name: string; label: string; value: string; onSearch: (q: string) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> would need a form inside it all the same
    <form
      class="search"
      role="search"
      aria-label={name}
      key={value}
      onSubmit={(e) => {
        e.preventDefault();
        onSearch(String(new FormData(e.currentTarget).get("q") ?? "").trim());
      }}
    >
      <span class="control">
        <SearchIcon />
        <input name="q" type="search" defaultValue={value} placeholder={label} aria-label={label} autocomplete="off" />
      </span>
      <button type="submit" class="btn secondary">
        Search
      </button>
    </form>
  );
}
