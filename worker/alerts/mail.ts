import type { Answer, HttpRequest } from "../lib/http.ts";

/** One message, in plain words: no HTML, no tracking. */
export type Mail = { to: string; subject: string; text: string };
export type MailApi = { url: string; token: string; from: string };

/** Nothing that ends a header or turns the reading direction round: whatever a store is called, a subject is one line. */
const oneLine = (text: string): string => text.replace(/[\p{C}\u2028\u2029]+/gu, " ").slice(0, 200);
const visible = (text: string): string => text.replace(/(?!\n)[\p{C}\u2028\u2029]/gu, " ");

/**
 * The request of one message as Resend and its likes take it: `POST {url}` with a bearer token and `{from, to, subject,
 * text}`. `once`: the same message sent again under the same word arrives once.
 */
export const mailRequest = (api: MailApi, mail: Mail, once: string): HttpRequest => ({
  method: "POST",
  url: api.url,
  headers: { "content-type": "application/json", authorization: `Bearer ${api.token}`, "idempotency-key": once },
  body: JSON.stringify({ from: api.from, to: [mail.to], subject: oneLine(mail.subject), text: visible(mail.text) }),
});

/** Why a message did not go, for the person who asked for it; null: it went. */
export function notSent(answer: Answer): string | null {
  switch (answer.is) {
    case "ok":
      return null;
    case "refused":
    case "missing":
      return "The mail provider does not accept this address. Check it and save it again.";
    case "denied":
      return "The mail provider refuses this deployment's token. Whoever operates Lockstep for you must renew it.";
    case "throttled":
    case "trouble":
    case "too-large":
      return "The mail provider does not answer. Try again in a minute.";
  }
}

const ADDRESS = /^[^\s@<>"',;:()[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$/;

/** An e-mail address as a person types it; null: it is none. One address, so that no list and no header can slip in. */
export function readAddress(text: unknown): string | null {
  if (typeof text !== "string") return null;
  const address = text.trim();
  return address.length <= 254 && ADDRESS.test(address) && address.split("@")[1]?.includes(".") ? address : null;
}
