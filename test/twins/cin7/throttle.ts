/** 60 calls in 60 seconds per application key: a sliding window, never a Retry-After (facts 1.2). */

import type { Clock } from "../world.ts";
import { Refusal } from "./errors.ts";
import type { Cin7Switches } from "./switches.ts";

export const throttleText = (calls: number): string => `You have reached ${calls} calls per 60 seconds API limit.`;

export function createThrottle(clock: Clock) {
  const calls = new Map<string, number[]>();
  const days = new Map<string, number>();
  return {
    clear() {
      calls.clear();
      days.clear();
    },
    /** Refused calls do not count. */
    check(key: string, switches: Cin7Switches): Refusal | null {
      if (!switches.throttleOn) return null;
      const now = clock.now();
      const day = `${key}|${new Date(now).toISOString().slice(0, 10)}`;
      const window = switches.throttleWindowMs / clock.speed;
      const recent = (calls.get(key) ?? []).filter((at) => at > now - window);
      const spent = days.get(day) ?? 0;
      if (recent.length >= switches.throttleCalls || (switches.dailyCap > 0 && spent >= switches.dailyCap)) {
        calls.set(key, recent);
        return new Refusal(throttleText(switches.throttleCalls), Number(switches.throttleStatus));
      }
      recent.push(now);
      calls.set(key, recent);
      days.set(day, spent + 1);
      return null;
    },
  };
}
export type Throttle = ReturnType<typeof createThrottle>;
