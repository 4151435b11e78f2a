import { expect, it } from "vitest";
import { smaller } from "../../../worker/lib/smaller-page.ts";

it.each([
  [
    { page: 3, limit: 1000 },
    { page: 5, limit: 500 },
  ],
  [
    { page: 2, limit: 125 },
    { page: 6, limit: 25 },
  ],
  [{ page: 7, limit: 1 }, null],
])("%j in smaller pages begins with %j: the same rows", (page, first) => expect(smaller(page)).toEqual(first));
