export const SECTIONS = [
  ["orders", "Orders"],
  ["sale", "Sales and invoices"],
  ["customers", "Customers"],
  ["tax", "Tax"],
  ["payments", "Payments"],
  ["currencies", "Currencies"],
  ["charges", "Charges and accounts"],
  ["people", "People and alerts"],
  ["connection", "Connection"],
  ["history", "History of changes"],
] as const;
export type SectionId = (typeof SECTIONS)[number][0];

/** Which page shows the field that the server speaks of. */
export function sectionOf(path: string): SectionId {
  const top = path.split(".")[0];
  if (path === "invoice.when" || path === "invoice.date" || path === "invoice.lockedBooks") return "sale";
  if (top === "sale" || top === "seen" || path.startsWith("location.pickups") || path === "customers.companyInAddress") return "sale";
  if (top === "currency" || path.startsWith("customers.perCurrency") || /^payments\.methods\.\d+\.currencies/.test(path))
    return "currencies";
  if (top === "customers" || top === "tax" || top === "payments" || top === "charges") return top;
  return top === "rounding" ? "charges" : "orders";
}
