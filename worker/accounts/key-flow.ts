import type { Cin7 } from "../cin7/client.ts";
import { readCompany } from "../cin7/company.ts";
import type { FlowContext } from "../inbox/flow.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import { haltOf, stop } from "../inbox/vendor-answer.ts";
import type { Work } from "../inbox/work.ts";

/**
 * `key.changed`: one call with the key that is used now. It needs no side to be there, so it runs while Cin7 counts as away:
 * its answer brings Cin7 back, and what waited for it is due. `next`: what else is looked at then.
 */
export async function askAgain(c: FlowContext & { cin7: Cin7 }, next: Work[]): Promise<Outcome> {
  const read = await readCompany(c.cin7);
  if (read.is !== "read") return stop(haltOf(read, c), c, () => ({ kind: "cin7-denied" }));
  return done("Cin7 Core accepts the application key. What waited goes on.", { clears: ["cin7-denied"], next });
}
