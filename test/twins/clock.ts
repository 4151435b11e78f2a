import type { Clock } from "./world.ts";

/** Runs `job` after `ms` real milliseconds. The answer cancels it. */
export type SetTimer = (ms: number, job: () => void) => () => void;

const realTimer: SetTimer = (ms, job) => {
  // setTimeout fires at once above 2^31 ms (24.8 days).
  const timer = setTimeout(job, Math.min(ms, 2_147_483_647));
  return () => clearTimeout(timer);
};

/** `now` stays real; only durations are divided by `speed`. A job that fails says so and stops nothing else. */
export function createClock(now: () => number = Date.now, setTimer: SetTimer = realTimer): Clock {
  const pending = new Set<() => void>();
  const clock: Clock = {
    now,
    speed: 1,
    later(ms, job) {
      const cancel = setTimer(Math.max(0, ms / clock.speed), () => {
        pending.delete(cancel);
        Promise.resolve()
          .then(job)
          .catch((error: unknown) => console.error("twins: a timed job failed", error));
      });
      pending.add(cancel);
      return () => {
        pending.delete(cancel);
        cancel();
      };
    },
    clear() {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
  return clock;
}

/** A timer that tests move by hand: `advance(ms)` runs everything due, in order. */
export function handTimer(): { setTimer: SetTimer; advance(ms: number): Promise<void>; waiting(): number } {
  let time = 0;
  let jobs: { due: number; job: () => void }[] = [];
  // Timed jobs hash, sign and call the app before they set their next timer; a macrotask lets all of that end.
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return {
    setTimer(ms, job) {
      const entry = { due: time + ms, job };
      jobs.push(entry);
      return () => {
        jobs = jobs.filter((other) => other !== entry);
      };
    },
    async advance(ms) {
      const until = time + ms;
      for (;;) {
        await settle();
        const next = jobs.filter((entry) => entry.due <= until).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        jobs = jobs.filter((entry) => entry !== next);
        time = Math.max(time, next.due);
        next.job();
      }
      time = until;
    },
    waiting: () => jobs.length,
  };
}
