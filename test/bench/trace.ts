import { post } from "../../scripts/connect.ts";

export type Seen = { peer: string; method: string; url: string; at: string; durationMs: number; status: number; requestBody: unknown };

/** The exchanges since the trace was last emptied. */
async function traceOf(twins: string): Promise<Seen[]> {
  const text = await (await fetch(`${twins}/control/trace`)).text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Seen);
}

export const clearTrace = (twins: string) => fetch(`${twins}/control/trace`, { method: "DELETE" });

export async function placeOrder(twins: string, store: string, order: unknown): Promise<number> {
  const response = await post(`${twins}/control/bigcommerce/${store}/orders`, order);
  if (!response.ok) throw new Error(`the shop refused the order: ${await response.text()}`);
  return ((await response.json()) as { id: number }).id;
}

/** Waits until the exchanges satisfy `enough`, then a little longer, so that a surplus call would be seen. */
export async function settledTrace(twins: string, enough: (seen: Seen[]) => boolean): Promise<Seen[]> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const seen = await traceOf(twins);
    if (enough(seen)) break;
    if (Date.now() > deadline) throw new Error("the order did not get through in 20 s");
    await new Promise((done) => setTimeout(done, 50));
  }
  await new Promise((done) => setTimeout(done, 700));
  return traceOf(twins);
}

const pathOf = (seen: Seen) => new URL(seen.url).pathname.replace(/^.*\/ExternalApi\/v2/, "").replace(/^.*\/stores\/[^/]+/, "");
export const isWrite = (seen: Seen, path: string) =>
  seen.peer === "cin7" && seen.method === "POST" && pathOf(seen) === path && seen.status === 200;
