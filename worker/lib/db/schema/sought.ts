import { type SQL, sql } from "drizzle-orm";

/**
 * What a search looks for in an order, as one text each, kept ready in an index (decision 0036): SQLite reads a kept expression only where
 * a question writes it in the same way, so both come from here. `of`: the table's name in that question, with its dot.
 */
const BETWEEN = "char(10)";

/**
 * Number of its sale and the SKUs that came. These are kept as JSON; all that is its form becomes characters that nobody types, but
 * for the digits of a quantity, so only what is all digits can be found there and nowhere else.
 */
export const soughtNumbers = (of = ""): SQL =>
  sql.raw(
    `lower(coalesce(${of}sale_number, '') || ${BETWEEN} || replace(replace(replace(coalesce(${of}ordered, ''), '","quantity":', char(1)), '},{"sku":"', char(2)), '[{"sku":"', char(2)))`,
  );

/** Who bought. */
export const soughtPerson = (of = ""): SQL => sql.raw(`lower(${of}customer || ${BETWEEN} || ${of}email)`);
