import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "sqlite", schema: "./worker/lib/db/schema/tables.ts", out: "./migrations" });
