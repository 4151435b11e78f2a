import { randomText, sha256 } from "../../lib/crypto.ts";
import { putCode } from "../../lib/db/codes.ts";
import type { Db } from "../../lib/db/open.ts";
import type { Tenant } from "../../lib/ids.ts";
import { CODE_MS, type CodeSubject, codeText } from "../../sessions/code.ts";

/** A one-time code for the person who just proved to be there; only its hash is stored (design 1). */
export async function handCode(db: Db, tenant: Tenant, user: number, nowMs: number): Promise<string> {
  const code = randomText(32);
  const subject: CodeSubject = { store: tenant.store, user, epoch: tenant.epoch };
  await putCode(db, {
    codeHash: await sha256(codeText(code)),
    purpose: "session",
    subject,
    expiresAt: new Date(nowMs + CODE_MS).toISOString(),
  });
  return code;
}
