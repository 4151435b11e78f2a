import { describe, expect, it } from "vitest";
import { mailRequest, notSent } from "../../../worker/alerts/mail.ts";
import type { Answer } from "../../../worker/lib/http.ts";

const api = { url: "https://mail.test/send", token: "secret", from: "alerts@app.test" };

it("one message is one POST, and arrives once under its word however often it is sent", () => {
  const request = mailRequest(api, { to: "ann@example.com", subject: "S", text: "One\nTwo" }, "word-1");
  expect(request).toMatchObject({ method: "POST", url: api.url });
  expect(request.headers).toMatchObject({ authorization: "Bearer secret", "idempotency-key": "word-1" });
  expect(JSON.parse(String(request.body))).toEqual({ from: api.from, to: ["ann@example.com"], subject: "S", text: "One\nTwo" });
});

it("a subject is one line, and no text turns the reading direction round", () => {
  const request = mailRequest(api, { to: "a@b.cc", subject: `A\r\nBcc: x@y.zz${"n".repeat(300)}`, text: "A\u202Eb\nc" }, "w");
  const { subject, text } = JSON.parse(String(request.body)) as { subject: string; text: string };
  expect(subject).toMatch(/^A Bcc: x@y\.zzn+$/);
  expect(subject).toHaveLength(200);
  expect(text).toBe("A b\nc");
});

describe("why a message did not go is said to the person who can do something about it", () => {
  it.each<[Partial<Answer> & { is: Answer["is"] }, RegExp | null]>([
    [{ is: "ok" }, null],
    [{ is: "refused" }, /does not accept this address/],
    [{ is: "missing" }, /does not accept this address/],
    [{ is: "denied" }, /Whoever operates Lockstep for you must renew it/],
    [{ is: "throttled" }, /Try again in a minute/],
    [{ is: "trouble" }, /Try again in a minute/],
  ])("%j", (answer, sentence) => {
    const said = notSent(answer as Answer);
    if (sentence === null) expect(said).toBeNull();
    else expect(said).toMatch(sentence);
  });
});
