import type { Cin7 } from "./client.ts";
import { get, type Read } from "./reading.ts";
import { type Company, company } from "./schemas/lists.ts";

/** The company of an application key (cin7-core.md 5): currency, zone, lock date and its own switches. Asked for, it also proves the key. */
export const readCompany = (cin7: Pick<Cin7, "get">): Promise<Read<Company>> => get(cin7, "/me", {}, company);
