import { storeHash } from "../lib/ids.ts";

/** The control panel of one store, as the deployment names them (`{hash}`); null: the deployment names none, or it is no store. */
export function panelOrigin(pattern: string, hash: string | undefined): string | null {
  const store = hash === undefined ? null : storeHash(hash);
  return pattern && store ? pattern.replace("{hash}", store) : null;
}

/**
 * May a launch of this store be framed by that origin alone? Only where BigCommerce has told us the same address for its control
 * panel: any other, or none yet, keeps the wide list (docs/decisions/0035-who-frames-the-app.md).
 */
export const isOwnPanel = (pattern: string, store: { hash: string; controlPanelUrl: string }): boolean => {
  const origin = panelOrigin(pattern, store.hash);
  return origin !== null && URL.parse(store.controlPanelUrl)?.origin === origin;
};
