export type PageAt = { page: number; limit: number };

/** A page that is too large to be read, as the first of the smaller pages that hold the same rows: half as many, where they can be halved. Null: a single row. */
export function smaller({ page, limit }: PageAt): PageAt | null {
  const by = [2, 3, 5].find((n) => limit % n === 0);
  return by === undefined ? null : { page: (page - 1) * by + 1, limit: limit / by };
}
