/** What *Export the evidence* holds (M46): each part is a file of its own, or one after the other as NDJSON. */
export const PARTS = ["orders", "documents", "lines", "payments", "problems", "settings", "audit"] as const;
export type PartName = (typeof PARTS)[number];

/** Columns of each part: the name in the file, and the column of the database. */
export const COLUMNS: Record<PartName, readonly (readonly [name: string, column: string])[]> = {
  orders: [
    ["order", "order_id"],
    ["placed_at", "placed_at"],
    ["customer", "customer"],
    ["status", "status"],
    ["total", "total"],
    ["currency", "currency"],
    ["state", "state"],
    ["note", "note"],
    ["sale_number", "sale_number"],
    ["sale_id", "sale_id"],
    ["stages", "stages"],
    ["invoice_number", "invoice_number"],
    ["settings_version", "settings_version"],
    ["generation", "generation"],
    ["cin7_account", "account_id"],
    ["updated_at", "updated_at"],
  ],
  documents: [
    ["order", "order_id"],
    ["generation", "generation"],
    ["document", "kind"],
    ["mark", "mark"],
    ["cin7_id", "cin7_id"],
    ["number", "number"],
    ["state", "state"],
    ["total", "total"],
    ["currency", "currency"],
    ["day", "day"],
    ["waits_for", "waits_for"],
    ["items", "items"],
    ["at", "at"],
    ["cin7_account", "account_id"],
  ],
  lines: [
    ["order", "order_id"],
    ["generation", "generation"],
    ["currency", "currency"],
    ["rate", "rate"],
    ["tax_inclusive", "tax_inclusive"],
    ["location", "location"],
    ["net", "net"],
    ["tax", "tax"],
    ["total", "total"],
    ["settings_version", "settings_version"],
    ["lines", "lines"],
    ["sold", "sold"],
    ["cin7_account", "account_id"],
  ],
  payments: [
    ["order", "order_id"],
    ["method", "method"],
    ["amount", "amount"],
    ["currency", "currency"],
    ["account", "account"],
    ["reference", "reference"],
    ["paid_at", "paid_at"],
    ["state", "state"],
    ["why", "why"],
    ["cin7_payment_id", "cin7_payment_id"],
    ["cin7_account", "account_id"],
  ],
  problems: [
    ["key", "key"],
    ["kind", "kind"],
    ["area", "area"],
    ["facts", "facts"],
    ["orders", "orders"],
    ["raised_at", "raised_at"],
    ["cleared_at", "cleared_at"],
    ["cin7_account", "account_id"],
  ],
  settings: [
    ["version", "version"],
    ["saved_at", "saved_at"],
    ["saved_by", "saved_by"],
    ["changes", "changes"],
    ["document", "document"],
    ["cin7_account", "account_id"],
  ],
  audit: [
    ["at", "at"],
    ["by", "by"],
    ["what", "what"],
    ["cin7_account", "account_id"],
  ],
};

export type Format = "csv" | "ndjson";

/** e.g. `lockstep-demostore1-orders-2026-11-21.csv` */
export const fileName = (store: string, part: PartName | null, day: string, format: Format): string =>
  `lockstep-${store}-${part ?? "evidence"}-${day}.${format}`;
