/**
 * One wide event per settled item, in named fields of a closed list: no URL, header, body, name or address can slip in
 * (design 5). Everything else about an item is in the tenant's own activity.
 */
export type WideEvent = {
  event: "item" | "bug" | "install" | "callback" | "webhook" | "cron" | "sign-in" | "alert";
  store?: string;
  account?: string;
  kind?: string;
  key?: string;
  outcome?: string;
  /** A fixed word of ours, never a vendor's text. */
  reason?: string;
  ms?: number;
  calls?: number;
  attempt?: number;
  status?: number;
  count?: number;
  /** Of our own bugs only: name and our stack, without message (messages can carry data). */
  error?: string;
  stack?: string;
};

export function log(event: WideEvent): void {
  console.log(JSON.stringify(event));
}

/**
 * The same event as a point of Analytics Engine, for graphs and alarms (design 5): index the store or account; blobs event,
 * kind, outcome, reason; doubles ms, calls, attempt, count. Without the binding (locally) nothing is counted.
 */
export function measure(dataset: AnalyticsEngineDataset | undefined, e: WideEvent): void {
  dataset?.writeDataPoint({
    indexes: [(e.store ?? e.account ?? "").slice(0, 96)],
    blobs: [e.event, e.kind ?? "", e.outcome ?? "", e.reason ?? ""],
    doubles: [e.ms ?? 0, e.calls ?? 0, e.attempt ?? 0, e.count ?? 1],
  });
}

/** The operator is to look: a stable `kind`, explained in docs/runbook.md. */
export function alert(dataset: AnalyticsEngineDataset | undefined, fields: Omit<WideEvent, "event">): void {
  log({ event: "alert", ...fields });
  measure(dataset, { event: "alert", ...fields });
}

/** A bug, told without its message: messages of parsers quote what they parsed. */
export function logBug(error: unknown, fields: Omit<WideEvent, "event"> = {}): void {
  const stack = error instanceof Error ? (error.stack ?? "").split("\n").slice(1, 6).join(" ").slice(0, 800) : "";
  log({ event: "bug", ...fields, error: error instanceof Error ? error.name : typeof error, stack });
}
