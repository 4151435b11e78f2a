/** What a call was for, in words for the order's page (contract: Attempt.step). */
export function stepWords(side: "BigCommerce" | "Cin7 Core", method: string, path: string): string {
  const bare = path.split("?")[0] ?? path;
  const table = side === "BigCommerce" ? BIGCOMMERCE : CIN7;
  return table.find(([m, pattern]) => m === method && pattern.test(bare))?.[2] ?? `${method === "GET" ? "Read" : "Write"} ${side}`;
}

type Row = readonly [method: string, path: RegExp, words: string];
const BIGCOMMERCE: readonly Row[] = [
  ["GET", /^\/v2\/orders\/\d+$/, "Read the order"],
  ["GET", /\/products$/, "Read the order's lines"],
  ["GET", /\/taxes$/, "Read the order's taxes"],
  ["GET", /\/coupons$/, "Read the order's coupons"],
  ["GET", /\/transactions$/, "Read the order's payments"],
  ["GET", /\/payment_actions\/refunds$/, "Read the order's refunds"],
  ["GET", /\/catalog\/products$/, "Read tax classes of products"],
];
const CIN7: readonly Row[] = [
  ["POST", /^\/sale$/, "Create the sale"],
  ["GET", /^\/saleList$/, "Look for the sale"],
  ["GET", /^\/sale$/, "Look at the sale"],
  ["DELETE", /^\/sale$/, "Void the sale"],
  ["POST", /^\/sale\/order$/, "Authorise the order"],
  ["GET", /^\/sale\/order$/, "Look at the order"],
  ["POST", /^\/sale\/invoice$/, "Write the invoice"],
  ["GET", /^\/sale\/invoice$/, "Look for the invoice"],
  ["POST", /^\/sale\/payment$/, "Post the payment"],
  ["GET", /^\/sale\/payment$/, "Look for payments"],
  ["DELETE", /^\/sale\/payment$/, "Take back the payment"],
  ["GET", /^\/customer$/, "Look for the customer"],
  ["POST", /^\/customer$/, "Create the customer"],
  ["GET", /^\/product$/, "Look for the product"],
  ["GET", /^\/ref\/productavailability$/, "Look at the stock"],
  ["POST", /^\/finishedGoods$/, "Assemble the bundle"],
  ["GET", /^\/finishedGoods(List)?$/, "Look for what was assembled"],
  ["DELETE", /^\/finishedGoods$/, "Take back what was half assembled"],
];
