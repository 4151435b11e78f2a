export const SECTIONS = [
  ["orders", "Orders"],
  ["customers", "Customers"],
  ["tax", "Tax"],
  ["payments", "Payments"],
  ["charges", "Charges and accounts"],
  ["connection", "Connection"],
  ["history", "History of changes"],
] as const;
export type SectionId = (typeof SECTIONS)[number][0];

/** Which page shows the field that the server speaks of. */
export function sectionOf(path: string): SectionId {
  const top = path.split(".")[0];
  if (top === "customers" || top === "tax" || top === "payments" || top === "charges") return top;
  return top === "rounding" ? "charges" : "orders";
}
