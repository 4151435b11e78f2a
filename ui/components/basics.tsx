import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { can } from "../lib/session.ts";
import { NEEDS, type Tone } from "../lib/words.ts";
import { DoneIcon, ErrorIcon, InfoIcon, OutIcon, WarningIcon } from "./icons.tsx";

export type Kids = { children?: ComponentChildren };

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: "primary" | "secondary" | "subtle" | "square";
  slim?: boolean;
  busy?: boolean;
};
/** While it is busy it keeps the focus, and a second press does nothing. */
export const Button = ({ variant = "primary", slim, busy, disabled, children, type = "button", onClick, ...rest }: ButtonProps) => (
  <button
    type={type}
    class={`btn ${variant}${slim ? " slim" : ""}`}
    disabled={Boolean(disabled)}
    aria-busy={busy || undefined}
    aria-disabled={busy || undefined}
    {...rest}
    onClick={busy ? (event) => event.preventDefault() : onClick}
  >
    {children}
  </button>
);

export const Badge = ({ label, tone = "secondary" }: { label: string; tone?: Tone }) => <span class={`badge ${tone}`}>{label}</span>;

export function Panel({ title, text, actions, children }: Kids & { title: string; text?: ComponentChildren; actions?: ComponentChildren }) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {actions && <div class="actions">{actions}</div>}
        {text && <p>{text}</p>}
      </header>
      {children}
    </section>
  );
}

const MESSAGE_ICON = { warning: WarningIcon, error: ErrorIcon, info: InfoIcon, success: DoneIcon };
/** An error or a success is read aloud when it appears; the rest is found in its place. */
export function Message({ type, title, children }: Kids & { type: keyof typeof MESSAGE_ICON; title?: string }) {
  const Icon = MESSAGE_ICON[type];
  const role = type === "error" ? "alert" : type === "success" ? "status" : undefined;
  return (
    <div class={`message ${type}`} role={role}>
      <Icon />
      <div>
        {title && <strong>{title}</strong>}
        <div>{children}</div>
      </div>
    </div>
  );
}

export function OutLink({ href, children }: Kids & { href: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children} <OutIcon size="sm" title="(opens in a new tab)" />
    </a>
  );
}

/** Where the app is opened outside the control panel: the address of this very page. */
export const OwnPage = () => <OutLink href={`${location.origin}/`}>{location.host}</OutLink>;

/** Why the buttons of this page are switched off, in place of a silent grey. */
export const Needs = ({ right }: { right: "operate" | "configure" }) => (can(right) ? null : <Message type="info">{NEEDS[right]}</Message>);
