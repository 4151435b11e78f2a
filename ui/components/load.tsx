import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { ApiError, sentence } from "../lib/api.ts";
import { inTime } from "../lib/format.ts";
import type { Query } from "../lib/query.ts";
import { Button, type Kids, Message } from "./basics.tsx";

const Skeleton = ({ lines = 4 }: { lines?: number }) => (
  <div class="skeleton" role="status">
    <span class="vh">Loading</span>
    {Array.from({ length: lines }, (_, i) => (
      <i key={i} />
    ))}
  </div>
);

const BUSY_AGAIN_MS = 5_000;

/** Cin7's calls of this minute are used up: no fault of anybody, and over soon. The page reads again by itself. */
function Busy({ seconds, again }: { seconds: number | undefined; again: () => void }) {
  useEffect(() => {
    const timer = setInterval(again, BUSY_AGAIN_MS);
    return () => clearInterval(timer);
  }, [again]);
  const room = seconds === undefined ? "" : ` There is room again ${inTime(seconds)}.`;
  return (
    <Message type="info" title="Orders come first">
      Cin7 Core allows 60 calls a minute and orders use them just now.{room} This page tries again by itself.
    </Message>
  );
}

function Failed({ error, again }: { error: Error; again: () => void }) {
  if (error instanceof ApiError && error.code === "busy") return <Busy seconds={error.seconds} again={again} />;
  const denied = error instanceof ApiError && error.status === 403;
  return (
    <Message type={denied ? "info" : "error"} title={denied ? "You may not see this" : undefined}>
      {sentence(error)}
      {!denied && (
        <div class="actions">
          <Button variant="secondary" slim onClick={again}>
            Try again
          </Button>
        </div>
      )}
    </Message>
  );
}

/** Loading, failed and loaded, told apart the same way on every page. Old data stays on screen while new data fails to come. */
export function Load<T>({ query, lines, children }: { query: Query<T>; lines?: number; children: (data: T) => ComponentChildren }) {
  const data = query.data.value;
  const error = query.error.value;
  if (data === undefined) return error ? <Failed error={error} again={query.refresh} /> : <Skeleton lines={lines} />;
  return (
    <>
      {error && <Failed error={error} again={query.refresh} />}
      {children(data)}
    </>
  );
}

export const Empty = ({ title, children }: Kids & { title: string }) => (
  <div class="empty">
    <p>
      <strong>{title}</strong>
    </p>
    {children && <p>{children}</p>}
  </div>
);
