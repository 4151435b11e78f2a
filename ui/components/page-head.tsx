import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { store } from "../lib/store.ts";

let first = true;

/** The page's only h1. After a navigation it takes the focus, so that a screen reader starts there. */
export function PageHead({
  title,
  text,
  badge,
  actions,
}: {
  title: string;
  text?: ComponentChildren;
  badge?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  const { path } = useLocation();
  const head = useRef<HTMLHeadingElement>(null);
  const name = store.value?.name;
  useEffect(() => {
    document.title = [title, name, "Lockstep for Cin7 Core"].filter(Boolean).join(" – ");
  }, [title, name]);
  useEffect(() => {
    if (!first) head.current?.focus({ preventScroll: true });
    first = false;
  }, [path]);
  return (
    <header class="head">
      <h1 ref={head} tabIndex={-1}>
        {title}
      </h1>
      {badge}
      {actions && <div class="actions">{actions}</div>}
      {text && <p>{text}</p>}
    </header>
  );
}
