/** A page of a list, and how many rows there are in all. */
export type Page<T> = { rows: T[]; total: number; page: number; perPage: number };
