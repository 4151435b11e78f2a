/** How Cin7 Core says no (facts 1.4). */
import type { Cin7Switches } from "./switches.ts";

/** A refusal with its HTTP status; `code` is the ErrorCode in the body, which differs for missing reference data. */
export class Refusal extends Error {
  override name = "Refusal";
  status: number;
  code: number;
  constructor(text: string, status = 400, code = status) {
    super(text);
    this.status = status;
    this.code = code;
  }
}

export const refuse = (text: string, status = 400, code = status): never => {
  throw new Refusal(text, status, code);
};

export const required = (name: string): never => refuse(`Required attribute ${name} is not provided.`);
export const notInBook = (what: string, name: string): never => refuse(`${what} '${name}' was not found in reference book`);
/** Repeating an authorised stage: clients look for this text (facts 1.4, TX). */
export const alreadyAuthorised = (what: string, status: string): never => refuse(`${what} can not be changed. ${what} Status is ${status}`);

export function errorResponse(refusal: Refusal, switches: Pick<Cin7Switches, "errorShape">): Response {
  const body = { ErrorCode: refusal.code, Exception: refusal.message };
  return Response.json(switches.errorShape === "object" ? body : [body], { status: refusal.status });
}

/** What an unknown path really answers (facts 1.4): a page, with status 200. */
export const pageNotFound = (): Response =>
  new Response("<!DOCTYPE html><html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>", {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
