/**
 * Trouble of the platform that passes by itself, in Cloudflare's own words (D1 "Debug D1", Durable Objects "Troubleshooting"):
 * the database or the other object is away for a moment. Anything else that is thrown is our own bug (design 9).
 */
const PASSES = [
  /network connection lost/i,
  /is overloaded/i,
  /exceeded timeout/i,
  /caused object to be reset/i,
  /reset because its code was updated/i,
  /transient issue/i,
  /database is locked|SQLITE_BUSY/i,
];

/** True for an error, or one that it wraps (drizzle does), that is nobody's bug. */
export function passes(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { message } = each;
    if (PASSES.some((words) => words.test(message))) return true;
  }
  return false;
}
