import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { leftCard } from "../lib/back.ts";
import { store, storePath } from "../lib/store.ts";

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
      <WayBack />
      <h1 ref={head} tabIndex={-1}>
        {title}
      </h1>
      {badge}
      {actions && <div class="actions">{actions}</div>}
      {text && <p>{text}</p>}
    </header>
  );
}

/** On the page of a remedy: back to the card that sent here. */
function WayBack() {
  const { path } = useLocation();
  const left = leftCard.value;
  if (!left || path !== storePath(left.to)) return null;
  return (
    <a class="way-back" href={storePath("/attention")}>
      Back to Needs attention
    </a>
  );
}
