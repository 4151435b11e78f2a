import type { Settings } from "../contract/index.ts";

export const isDaily = ({ orders }: Settings): boolean => orders.consolidate === "daily";
