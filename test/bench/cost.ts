import { readdirSync, readFileSync } from "node:fs";
import { ORDER_BARS } from "../harness/rows.ts";
import type { Spent, Statement } from "./metered-worker.ts";
import { atMost, type Row, reported } from "./row.ts";

/** What a run has spent so far: the counters of `metered-worker.ts`, and the CPU time of its processes in milliseconds. */
export type Bill = Spent & { cpuMs: number; at: number };

export async function billOf(app: string, group: number): Promise<Bill> {
  const spent = (await (await fetch(`${app}/spent`)).json()) as Spent;
  return { ...spent, cpuMs: cpuOf(group), at: Date.now() };
}

const TICK_MS = 10;
/** User and system time of all `workerd` of a process group (proc(5)): our code, with all that simulates Cloudflare around it. */
function cpuOf(group: number): number {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const [pgrp, user, system] = [fields[2], fields[11], fields[12]].map(Number) as [number, number, number];
        return stat.includes("(workerd)") && pgrp === group ? (user + system) * TICK_MS : 0;
      } catch {
        return 0;
      }
    })
    .reduce((a, b) => a + b, 0);
}

/** US dollars a million, Workers Paid beyond what is included (developers.cloudflare.com, pricing of Workers, D1, Durable Objects). */
const PRICE = { request: 0.3, cpuMs: 0.02, objectRequest: 0.15, gbSecond: 12.5, rowRead: 0.001, rowWritten: 1 };
/** An object is billed as if it held 128 MB while it runs; here an inbox and a gate ran all the time. */
const RUNNING_GB = (2 * 128) / 1000;

/** Missing: only reported. */
const BARS: Partial<Record<keyof Bill | "dollars", number>> = { ...ORDER_BARS, dollars: 0.08 };

export const rowsReadEach = (before: Bill, after: Bill, orders: number): number => (after.objectRead - before.objectRead) / orders;

export function costRows(before: Bill, after: Bill, orders: number): Row[] {
  const each = (field: keyof Bill) => (after[field] - before[field]) / orders;
  const dollars =
    each("requests") * PRICE.request +
    each("cpuMs") * PRICE.cpuMs +
    each("objectRequests") * PRICE.objectRequest +
    (each("at") / 1000) * RUNNING_GB * PRICE.gbSecond +
    (each("d1Read") + each("objectRead")) * PRICE.rowRead +
    (each("d1Written") + each("objectWritten")) * PRICE.rowWritten;
  const row = (name: string, of: keyof Bill | "dollars", unit: string, places = 1): Row => {
    const value = Number((of === "dollars" ? dollars / 1000 : each(of)).toFixed(places));
    const bar = BARS[of];
    return bar === undefined ? reported(name, value, unit) : atMost(name, value, unit, bar);
  };
  return [
    row("… D1 queries an order", "d1Queries", "queries"),
    row("… D1 rows read an order", "d1Read", "rows"),
    row("… D1 rows written an order, indexes included", "d1Written", "rows"),
    row("… Durable Object requests an order (calls and alarms)", "objectRequests", "requests"),
    row("… Durable Object rows read an order", "objectRead", "rows"),
    row("… Durable Object rows written an order", "objectWritten", "rows"),
    row("… CPU time an order, with all of the local Cloudflare", "cpuMs", "ms", 0),
    row("… Cloudflare's list price for 1,000 orders, from these", "dollars", "US$", 3),
  ];
}

export const statementsOf = async (app: string): Promise<Statement[]> =>
  (await (await fetch(`${app}/spent/statements`)).json()) as Statement[];

/** What was spent between two looks by each statement, an order, the dearest first: a table for who wants to lower it. */
export function statementTable(before: readonly Statement[], after: readonly Statement[], orders: number): string {
  const was = new Map(before.map((each) => [each.where + each.sql, each]));
  const each = (n: number) => (n / orders).toFixed(2);
  const rows = after
    .map((now) => {
      const { runs, read, written } = was.get(now.where + now.sql) ?? { runs: 0, read: 0, written: 0 };
      return { ...now, runs: now.runs - runs, read: now.read - read, written: now.written - written };
    })
    .filter((row) => row.runs > 0)
    .sort((a, b) => b.written - a.written || b.read - a.read);
  const lines = rows.map((r) => `| ${r.where} | ${each(r.runs)} | ${each(r.read)} | ${each(r.written)} | \`${r.sql.slice(0, 300)}\` |`);
  return `| Where | Runs an order | Rows read | Rows written | Statement |\n|---|---|---|---|---|\n${lines.join("\n")}\n`;
}
