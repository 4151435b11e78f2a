import type { Exchange, Trace } from "./world.ts";

const EXCHANGES = 4_000;
/** Characters: pages of 250 products would fill the memory otherwise. */
const SIZE = 64_000_000;

/** Keeps the newest exchanges as lines; `sink` gets every one that no fault altered, as it ends. */
export function createTrace(sink?: (exchange: Exchange) => void): Trace {
  let lines: string[] = [];
  let size = 0;
  return {
    record(exchange) {
      const line = JSON.stringify(exchange);
      lines.push(line);
      size += line.length;
      if (lines.length > EXCHANGES * 1.2 || size > SIZE * 1.2) {
        while (lines.length > 1 && (lines.length > EXCHANGES || size > SIZE)) size -= lines.shift()?.length ?? 0;
      }
      if (!exchange.fault) sink?.(exchange);
    },
    all: () => lines.map((line) => JSON.parse(line) as Exchange),
    clear() {
      lines = [];
      size = 0;
    },
  };
}

export const toNdjson = (exchanges: readonly Exchange[]): string => exchanges.map((exchange) => `${JSON.stringify(exchange)}\n`).join("");
