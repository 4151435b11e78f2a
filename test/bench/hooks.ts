import { readdirSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Webhook } from "standardwebhooks";
import { atMost, below, percentile, type Row } from "./row.ts";

const RATE = 200;
const SECONDS = 30;
const STORES = 20;

export type HookLoad = { sent: number; ok: number; p50: number; p99: number; max: number };

/**
 * Webhooks at a fixed rate: each is sent at its own intended moment, whatever happened to the others, and its latency counts
 * from that moment (no coordinated omission). All order IDs are distinct; signatures are made beforehand.
 */
export async function hookLoad(app: string, clientSecret: string, seconds = SECONDS): Promise<HookLoad> {
  const signer = new Webhook(Buffer.from(clientSecret).toString("base64"));
  const total = RATE * seconds;
  const bodies = Array.from({ length: total }, (_, i) => {
    const producer = `stores/${storeOf(i)}`;
    return JSON.stringify({
      producer,
      hash: `h${i}`,
      created_at: 1,
      store_id: "1",
      scope: "store/order/created",
      data: { type: "order", id: 100_000 + i },
    });
  });
  const at = new Date();
  const signed = bodies.map((body, i) => ({ body, id: `msg_${i}`, signature: signer.sign(`msg_${i}`, at, body) }));
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const url = `${app}/webhooks/bigcommerce`;
  const times: number[] = [];
  let ok = 0;
  let start = 0;
  const send = (i: number) =>
    new Promise<void>((done) => {
      const intended = start + (i * 1000) / RATE;
      const { body, id, signature } = signed[i] as (typeof signed)[number];
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": signature,
      };
      const call = request(url, { method: "POST", agent, headers, timeout: 10_000 }, (response) => {
        response.resume();
        response.on("end", () => {
          times.push(performance.now() - intended);
          if (response.statusCode && response.statusCode < 300) ok++;
          done();
        });
      });
      call.on("error", () => done());
      call.on("timeout", () => call.destroy());
      call.end(body);
    });
  // Connected stores have had notices before: each inbox is open, as the first ones of the same orders leave it.
  for (let i = 0; i < 3 * STORES; i++) await send(i);
  times.length = 0;
  ok = 0;
  const all: Promise<void>[] = [];
  start = performance.now() + 200;
  for (let i = 0; i < total; ) {
    while (i < total && performance.now() >= start + (i * 1000) / RATE) all.push(send(i++));
    await new Promise((done) => setTimeout(done, 1));
  }
  await Promise.all(all);
  agent.destroy();
  return { sent: total, ok, p50: percentile(times, 50), p99: percentile(times, 99), max: Math.max(...times) };
}

const storeOf = (i: number) => `fleet${String((i % STORES) + 1).padStart(2, "0")}`;

/** Work items that the inboxes hold, read from their files: what was acknowledged must be there. */
export function itemsKept(dataDir: string): number {
  const folder = join(dataDir, "state/v3/do/lockstep-Inbox");
  let items = 0;
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(".sqlite") || name.startsWith("metadata")) continue;
    const db = new DatabaseSync(join(folder, name), { readOnly: true });
    items += (db.prepare("SELECT COUNT(*) AS n FROM work WHERE kind = 'order.changed'").get() as { n: number }).n;
    db.close();
  }
  return items;
}

export function pausedRows(load: HookLoad, kept: number): Row[] {
  const what = `${RATE} webhooks a second for ${SECONDS} s, ${STORES} stores, flows paused`;
  return [
    below(`${what}: p99 from the intended moment`, Math.round(load.p99), "ms", 100),
    {
      name: "… acknowledged 2xx",
      value: Math.round((load.ok / load.sent) * 1000) / 10,
      unit: "%",
      bar: "100 %",
      ok: load.ok === load.sent,
    },
    { name: "… items there afterwards", value: kept, unit: `of ${load.sent}`, bar: `${load.sent}`, ok: kept === load.sent },
  ];
}

/** The same with the data folder on this machine's disk. */
export const diskRows = (load: HookLoad, kept: number): Row[] => [
  { name: "the same, data on this machine's disk: p99", value: Math.round(load.p99), unit: "ms", bar: "reported", ok: null },
  atMost("… not acknowledged, or not there afterwards", 2 * load.sent - load.ok - kept, "hooks", 0),
];

export const runningRows = (load: HookLoad): Row[] => [
  { name: "the same with flows running, 10 s: p99", value: Math.round(load.p99), unit: "ms", bar: "reported", ok: null },
  atMost("… not acknowledged", load.sent - load.ok, "hooks", 0),
];
