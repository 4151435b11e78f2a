/** How long a test waits for what should come: minutes, as the machine may have much else to do, and a pass waits for nothing. */
export const PATIENCE_MS = 180_000;

/** Waits until `look` gives a value; no fixed sleeps. What it looks for must stay: a state that passes by may not be seen. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>, every = 100): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`);
    await new Promise((done) => setTimeout(done, every));
  }
}
