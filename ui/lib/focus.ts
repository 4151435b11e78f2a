/**
 * The focus never falls to the body. What had it may go, as a card that was answered, or be switched off: then it goes to what
 * stands in that place now, in the nearest part of the page that is still there. One watch for the whole app, so that no page
 * has to think of it.
 */
const REACHABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]';

/** From the inside out: a part of the page, and how many places to focus it had before the one that was in use. */
type Place = { part: Element; before: number }[];

/** Cards of a list are stepped through: who answers one goes on with the next. */
const CARD = 'article[tabindex="-1"]';

let last: Element | null = null;
let place: Place = [];
let card: { element: Element; at: number } | null = null;

const isUsable = (element: Element): boolean => element.isConnected && !element.matches(":disabled") && element.getClientRects().length > 0;

const reachableIn = (part: Element): HTMLElement[] => [...part.querySelectorAll<HTMLElement>(REACHABLE)].filter(isUsable);

function placeOf(element: Element): Place {
  const found: Place = [];
  let inner = element;
  for (let part = inner.parentElement; part; part = part.parentElement) {
    const child = inner;
    const before = reachableIn(part).filter(
      (one) => one.compareDocumentPosition(child) & Node.DOCUMENT_POSITION_FOLLOWING && !one.contains(child),
    );
    found.push({ part, before: before.length });
    if (part.matches("main, dialog")) break;
    inner = part;
  }
  return found;
}

function remember() {
  const now = document.activeElement;
  if (!now || now === document.body || now === document.documentElement) return;
  last = now;
  place = placeOf(now);
  const element = now.closest(CARD);
  card = element && { element, at: [...document.querySelectorAll(CARD)].indexOf(element) };
}

/** Somebody who clicks beside everything has left; who is left because the thing went has not. */
function leave(event: FocusEvent) {
  const left = event.target;
  if (event.relatedTarget === null && left === last)
    setTimeout(() => {
      if (last === left && last && isUsable(last) && document.activeElement !== last) last = null;
    });
}

function settle() {
  const now = document.activeElement;
  if (!last || isUsable(last) || (now && now !== document.body && now !== last)) return;
  last = null;
  if (card && !card.element.isConnected) {
    const cards = document.querySelectorAll<HTMLElement>(CARD);
    return (cards[Math.min(card.at, cards.length - 1)] ?? document.querySelector<HTMLElement>("h1"))?.focus();
  }
  for (const { part, before } of place) {
    const inside = part.isConnected ? reachableIn(part) : [];
    const next = inside[Math.min(before, inside.length - 1)];
    if (next) return next.focus();
  }
  document.querySelector<HTMLElement>("h1, main")?.focus();
}

let waits = false;
function look() {
  if (waits || !last || isUsable(last)) return;
  waits = true;
  // A page that is opened takes the focus itself, after it is drawn.
  requestAnimationFrame(() =>
    setTimeout(() => {
      waits = false;
      settle();
    }),
  );
}

export function watchFocus() {
  addEventListener("focusin", remember);
  addEventListener("focusout", leave);
  // Where it stands when something is pressed: lists may have grown since it came there.
  addEventListener("keydown", remember, true);
  addEventListener("click", remember, true);
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden", "open"] };
  new MutationObserver(look).observe(document.body, changes);
}
