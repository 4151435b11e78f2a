import { Hono } from "hono";
import type { ApiEnv } from "../api/access.ts";
import type { Health } from "../contract/index.ts";
import { salesSweptAt, timelineOf } from "./health-store.ts";

/** How the connections are (contract: Health), mounted under /api/stores/:hash. */
export const healthRoutes = new Hono<ApiEnv>();

const LINES = 100;

healthRoutes.get("/health", async (c) => {
  const { db, tenant, store, inbox } = c.var;
  const [timeline, cin7At, status] = await Promise.all([timelineOf(db, tenant, LINES), salesSweptAt(db, tenant), inbox.status()]);
  const health: Health = {
    down: status.down,
    bigcommerce: { hooksAt: store.hooksCheckedAt, sweptAt: store.sweptAt },
    cin7: { sweptAt: cin7At },
    timeline,
  };
  return c.json(health);
});
