import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { json, post } from "../../scripts/connect.ts";
import { ROOT } from "../../scripts/processes.ts";
import { type Stack, startStack } from "../../scripts/stack.ts";
import { until } from "../harness/until.ts";

/** Our own durations run this much faster in journeys; timestamps, JWTs and dates stay real. */
export const TIME_SCALE = 20;

export type Sale = {
  ID: string;
  ExternalID: string;
  Status: string;
  Customer: string;
  CustomerReference: string;
  Order: { Status: string; Total: number; Tax: number; TotalBeforeTax: number; Lines: SaleLine[]; AdditionalCharges: SaleCharge[] };
  Invoices: { Status: string; InvoiceDate: string; Total: number; Payments: { Reference: string; Amount: number; Account: string }[] }[];
};
export type SaleLine = { SKU: string; Quantity: number; Price: number; Tax: number; Total: number; TaxRule: string };
export type SaleCharge = { Description: string; Price: number; Tax: number; Total: number; TaxRule: string };

/**
 * One Worker under `wrangler dev` and one pair of twins for a file of journeys: real HTTP, a new data folder, the traffic
 * recorded for `contract/check`.
 */
export function journey(file: string) {
  const name = `${basename(dirname(file))}-${basename(file).replace(/\.test\.ts$/, "")}`;
  const place = {} as Stack & { dataDir: string };
  const dataDir = mkdtempSync(join(tmpdir(), `lockstep-${name}-`));
  let starting: Promise<Stack> | undefined;
  beforeAll(async () => {
    const trace = join(process.env.TRAFFIC_DIR ?? join(ROOT, ".traffic"), `${name}.ndjson`);
    starting = startStack({ dataDir, timeScale: TIME_SCALE, trace });
    Object.assign(place, await starting, { dataDir });
  });
  afterAll(async () => {
    // Also when the hook above took too long: what it still starts is ended.
    await (await starting?.catch(() => null))?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return place;
}

// ---- what the twins hold ---------------------------------------------------------------------------------------

type State = {
  bigcommerce: {
    stores: Record<string, { hooks: { scope: string; is_active: boolean; destination: string }[]; orders: Record<string, unknown> }>;
  };
  cin7: {
    accounts: Record<
      string,
      { sales: Record<string, Sale>; products: Record<string, { Name: string; Type: string }>; customers: Record<string, { Name: string }> }
    >;
  };
};

export const stateOf = async (twins: string) => (await json(await fetch(`${twins}/control/state`))) as State;
export const salesOf = async (twins: string, account: string) => Object.values((await stateOf(twins)).cin7.accounts[account]?.sales ?? {});

export async function placeOrder(
  twins: string,
  store: string,
  order: unknown,
): Promise<{ id: number; total_inc_tax: string; total_tax: string; status_id: number }> {
  return (await json(await post(`${twins}/control/bigcommerce/${store}/orders`, order))) as {
    id: number;
    total_inc_tax: string;
    total_tax: string;
    status_id: number;
  };
}

export const control = async (twins: string, path: string, body: unknown = {}) => json(await post(`${twins}/control${path}`, body));

export const saleOf = (twins: string, account: string, orderId: number) =>
  until(`the sale of order ${orderId}`, async () =>
    (await salesOf(twins, account)).find((sale) => sale.ExternalID.includes(`:${orderId}:`)),
  );
