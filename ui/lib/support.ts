/** Set when the UI is built; without it the page says whom to ask. */
export const SUPPORT_URL: string = import.meta.env.VITE_SUPPORT_URL ?? "";
