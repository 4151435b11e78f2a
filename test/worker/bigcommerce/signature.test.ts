import { describe, expect, it } from "vitest";
import { sign, signatureHeaders, signedWith } from "../../../worker/bigcommerce/signature.ts";

/** facts/bigcommerce.md 3.2, computed there. */
const SECRET = "example_client_secret_123";
const BODY =
  '{"producer":"stores/abc123","hash":"dd70c0976e06b67aaf671e73f49dcb79230ebf9d","created_at":1767225599,"store_id":"1025646","scope":"store/order/created","data":{"type":"order","id":250}}';
const headers = {
  id: "msg_01J0000000000000000000000",
  timestamp: "1767225600",
  signature: "v1,mvlmuVxt5ePuPLAxCIqqeUu4n4onDY8Byj64zWsMkac=",
};

describe("webhook signature (facts 3.2)", () => {
  it("the vector of the facts is signed and verified, however old", () => {
    expect(sign(SECRET, headers.id, headers.timestamp, BODY)).toBe(headers.signature);
    expect(signedWith([SECRET], headers, BODY)).toBe(true);
  });

  it("any v1 entry of the list and any secret may match", () => {
    const several = { ...headers, signature: `v1,AAAA v2,xyz ${headers.signature}` };
    expect(signedWith(["another", SECRET], several, BODY)).toBe(true);
  });

  it.each([
    ["another secret", { ...headers }, ["example_client_secret_124"], BODY],
    ["a changed body", { ...headers }, [SECRET], BODY.replace("250", "251")],
    ["another id", { ...headers, id: "msg_2" }, [SECRET], BODY],
    ["another time", { ...headers, timestamp: "1767225601" }, [SECRET], BODY],
    ["another version", { ...headers, signature: headers.signature.replace("v1", "v2") }, [SECRET], BODY],
    ["an empty signature", { ...headers, signature: "v1," }, [SECRET], BODY],
    ["no secret at all", { ...headers }, [], BODY],
  ])("%s does not match", (_, given, secrets, body) => {
    expect(signedWith(secrets, given, body)).toBe(false);
  });

  it("without all three headers, or with a time that is none, there is nothing to check", () => {
    const all = { "webhook-id": "m", "webhook-timestamp": "1", "webhook-signature": "v1,x" };
    expect(signatureHeaders(new Headers(all))).not.toBeNull();
    for (const name of Object.keys(all)) expect(signatureHeaders(new Headers({ ...all, [name]: "" }))).toBeNull();
    expect(signatureHeaders(new Headers({ ...all, "webhook-timestamp": "1e9" }))).toBeNull();
    expect(signatureHeaders(new Headers({ ...all, "webhook-timestamp": "-1" }))).toBeNull();
  });
});
