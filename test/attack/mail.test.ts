import { env } from "cloudflare:workers";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digest } from "../../worker/alerts/digest.ts";
import { sendAlerts } from "../../worker/alerts/flow.ts";
import { mailRequest } from "../../worker/alerts/mail.ts";
import { alertRoutes } from "../../worker/alerts/routes.ts";
import type { StoreRow } from "../../worker/api/access.ts";
import type { Alerts } from "../../worker/contract/index.ts";
import { configOf } from "../../worker/env.ts";
import type { StoreContext } from "../../worker/inbox/flow.ts";
import type { Problem } from "../../worker/problems/define-problem.ts";
import { rowOf } from "../../worker/problems/row.ts";
import { raise } from "../../worker/problems/store.ts";
import { addOrder, addStore, api, db, iso, tenant } from "../harness/api.ts";
import { SAMPLES } from "../worker/problems/samples.ts";

/** The app's own mail as somebody else's post: any recipient, the sender's own words, as often as they like. */
const MAIL = { url: "https://mail.example/emails", token: "mail-token", from: "Lockstep <alerts@lockstep.example>" };
type Sent = { to: string[]; subject: string; text: string };
let sent: Sent[];
let store: StoreRow;
beforeEach(async () => {
  sent = [];
  store = { ...(await addStore()), name: "Win a phone\r\nBcc: all@example.com" };
});
afterEach(() => vi.restoreAllMocks());

async function desk(name = "CLICK https://evil.example NOW", of = store) {
  const session = await api(alertRoutes, of, {
    name,
    mail: MAIL,
    answers: {
      "POST /emails": ({ body }: { body: unknown }) => {
        sent.push(body as Sent);
        return { id: "m-1" };
      },
    },
  });
  return session;
}
const codeIn = (mail: Sent | undefined) => /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(mail?.text ?? "")?.[0];
const save = (session: Awaited<ReturnType<typeof desk>>, email: string) => session.send("PUT", "/alerts", { orders: email, money: email });
const alerts = () =>
  sendAlerts({
    db: db(),
    config: { ...configOf(env), mail: MAIL, timeScale: 1 },
    now: Date.now,
    attempt: 1,
    jitter: 0,
    tenant: tenant(),
    store,
  } as unknown as StoreContext);

describe("an address that nobody has confirmed", () => {
  it("gets the code and nothing else: no test, no alert; and nothing that a person of the store wrote", async () => {
    const session = await desk();
    await save(session, "victim@example.net");
    await addOrder(7);
    await raise(db(), tenant(), [{ kind: "status-hold", orderId: 7, statusId: 13, status: "Disputed" }], 7, iso());
    expect(await alerts()).toMatchObject({ is: "skipped" });
    expect((await session.post("/alerts/test", { area: "orders" })).body).toEqual({ sentTo: "victim@example.net", code: true });
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent)).not.toMatch(/evil|CLICK|phone|Bcc/i);
  });

  it("is confirmed by the code from its own mailbox, once, in this store only; then it hears, until it is another one", async () => {
    const session = await desk();
    await save(session, "shop@example.com");
    await session.post("/alerts/test", { area: "orders" });
    const code = codeIn(sent[0]);
    const elsewhere = await desk("x", await addStore("other12"));
    expect((await elsewhere.post("/alerts/confirm", { code })).status).toBe(422);
    for (const wrong of ["AAAA-BBBB", "", null, 7, "x".repeat(5000)])
      expect((await session.post("/alerts/confirm", { code: wrong })).status).toBe(422);
    const reply = await session.post("/alerts/confirm", { code });
    expect((reply.body as Alerts).addresses.map((a) => a.confirmed)).toEqual([true, true]);
    expect((await session.post("/alerts/confirm", { code })).status).toBe(422);
    expect((await session.post("/alerts/test", { area: "money" })).body).toEqual({ sentTo: "shop@example.com", code: false });
    const changed = (await session.send("PUT", "/alerts", { orders: "new@example.com", money: "shop@example.com" })).body as Alerts;
    expect(changed.addresses.map((a) => a.confirmed)).toEqual([false, true]);
  });

  it("a code that was sent to a former address confirms nothing", async () => {
    const session = await desk();
    await save(session, "mine@example.com");
    await session.post("/alerts/test", { area: "orders" });
    await save(session, "victim@example.net");
    expect((await session.post("/alerts/confirm", { code: codeIn(sent[0]) })).status).toBe(422);
  });
});

describe("messages that a person asks for", () => {
  it("three an hour to one address, from whichever store; six an hour of one store", async () => {
    const session = await desk();
    await save(session, "victim@example.net");
    const ask = async (of = session) => (await of.post("/alerts/test", { area: "orders" })).status;
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 200, 200, 429]);
    const other = await desk("x", await addStore("other12"));
    await save(other, "Victim@example.net");
    expect(await ask(other)).toBe(429);
    expect((await other.post("/alerts/test", { area: "orders" })).body.error).toMatchObject({
      message: expect.stringMatching(/Wait an hour/),
      seconds: 3600,
    });
    const again = await desk();
    const statuses = [];
    for (let n = 0; n < 5; n++) {
      await save(again, `v${n}@example.net`);
      statuses.push(await ask(again));
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });
});

it("a subject is one line without control characters, whatever a store, a SKU or a class is called", () => {
  const evil = "A\r\nBcc: x@y.zz\u0000\u001b[31m\u202egnp.exe\u2028B\u0085C";
  const request = mailRequest(MAIL, { to: "a@b.cc", subject: evil, text: `${evil}\n\nB` }, "once");
  const { subject, text } = JSON.parse(request.body ?? "{}") as Sent;
  expect(subject).toBe("A Bcc: x@y.zz [31m gnp.exe B C");
  expect(text).not.toMatch(/[^\P{C}\n]/u);
  expect(text).toContain("\n\nB");
});

/** What stands in a text of a vendor. */
const HOSTILE = [
  "A\r\nBcc: x@y.zz",
  "A\nContent-Type: text/html\n\n<a href=x>pay</a>",
  "\u0000\u0007\u001b[31mA\u007f",
  "A\u202egnp.exe\u2066\u2069",
  "A\u2028B\u2029C\u0085D\u000bE\u000cF",
  "A\u200b\u200d\ufeff\u00ad",
  "Log in at https://evil.example/login now",
  "HTTP://EVIL.EXAMPLE and www.evil.example",
  "javascript://evil.example/%0aalert(1)",
  "<img src=//evil.example onerror=p()>",
  "=?utf-8?Q?Bcc:_x@y.zz?=",
  ".\r\n.\r\nMAIL FROM:<x@y.zz>",
  "x".repeat(5000),
  "\ud83d",
];
let mails = 0;
/** The README's number. */
afterAll(() => console.log(`attack: ${mails} mails with ${HOSTILE.length} hostile texts, in every fact of every problem`));

/** The problem with this text in one of the places where it has one. */
function* withText(value: unknown, text: string): Generator<unknown> {
  if (typeof value === "string") yield text;
  else if (Array.isArray(value))
    for (const [i, each] of value.entries()) for (const other of withText(each, text)) yield value.with(i, other);
  else if (value !== null && typeof value === "object")
    for (const [name, each] of Object.entries(value))
      if (name !== "kind") for (const other of withText(each, text)) yield { ...value, [name]: other };
}
const wordsWith = (problem: unknown) => {
  try {
    return rowOf({ key: "k", facts: problem, holds: true, raisedAt: iso(), orders: [7], orderCount: 1 });
  } catch {
    // One of our own words, of which there are few: nothing else stands there.
    return null;
  }
};

it("a mail is one line and plain words with no link but ours, whatever stands in any fact of any problem", () => {
  const wrong: unknown[] = [];
  const name = (text: string) => ({ name: text, hash: "abc123", appUrl: "https://app.example" });
  const judge = (what: string, mail: { subject: string; text: string }, lines: number) => {
    mails++;
    const { subject, text } = JSON.parse(mailRequest(MAIL, { to: "a@b.cc", ...mail }, "once").body ?? "{}") as Sent;
    const links = text.match(/(\w+:\/\/|\bwww\.)\S*/gi) ?? [];
    const fine =
      !/[\p{C}\u2028\u2029]/u.test(subject) &&
      subject.length <= 200 &&
      !/[^\P{C}\n]|[\u2028\u2029]/u.test(text) &&
      text.split("\n").length === lines;
    const ours = links.every((link) => /^https:\/\/app\.example\/stores\/abc123\/(attention|orders\/7)$/.test(link));
    if (!fine || /:\/\/|\bwww\./i.test(subject) || !ours || links.length !== (lines > 3 ? 1 : 0))
      wrong.push([what, subject, text.slice(0, 300)]);
  };
  for (const text of HOSTILE) {
    for (const sample of Object.values(SAMPLES))
      for (const problem of withText(sample, text)) {
        const row = wordsWith(problem as Problem);
        if (row) judge(`${sample.kind} ${text.slice(0, 20)}`, digest([row], name("Wattle")), 7);
      }
    for (const daily of [false, true]) judge(`store ${text.slice(0, 20)}`, digest([], name(text), daily), 3);
  }
  expect(mails).toBeGreaterThan(500);
  expect(wrong.slice(0, 5)).toEqual([]);
});
