import { once } from "node:events";
import { createServer, type Server } from "node:net";

/**
 * Ports for a Worker and its twins that nobody else gets while this process lives, started or not, also between a stop and the
 * next start: both addresses must be known before either process runs, so neither can bind port 0 and say what it got.
 *
 * Ports come in groups of three. Whoever listens on the first of a group owns the other two: the system gives a port to one
 * process only, and takes it back when that process ends, however it ends. All lie below what systems give to connections of
 * their own, so no chance can take them either. A program that knows nothing of this may: then the next group is taken.
 */
export type Ports = { appPort: number; twinsPort: number };

const FIRST = 20_000;
const SIZE = 3;
const GROUPS = 3_000;

/** Starts something on two ports; taken by somebody all the same before it could bind them, it is started again on two others. */
export async function onPorts<T>(start: (ports: Ports) => Promise<T>, reserve = reservePorts): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start(await reserve());
    } catch (error) {
      if (tries === 5 || !/address already in use|EADDRINUSE/i.test(String(error))) throw error;
    }
  }
}

export async function reservePorts(from = Math.floor(Math.random() * GROUPS)): Promise<Ports> {
  for (let n = 0; n < GROUPS; n++) {
    const first = FIRST + ((from + n) % GROUPS) * SIZE;
    const guard = await listen(first);
    if (!guard) continue;
    if ((await free(first + 1)) && (await free(first + 2))) return { appPort: first + 1, twinsPort: first + 2 };
    guard.close();
  }
  throw new Error(`no free ports from ${FIRST} to ${FIRST + GROUPS * SIZE}`);
}

/** Null: somebody has it. */
async function listen(port: number): Promise<Server | null> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch {
    return null;
  }
  // It keeps the port, not the process.
  return server.unref();
}

async function free(port: number): Promise<boolean> {
  const server = await listen(port);
  server?.close();
  if (server) await once(server, "close");
  return server !== null;
}
