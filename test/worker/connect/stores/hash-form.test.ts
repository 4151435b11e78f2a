import { describe, expect, it } from "vitest";
import { readStoreHash } from "../../../../worker/connect/stores/hash-form.ts";

const API = "http://127.0.0.1:8788/bigcommerce-api";

describe("a store, as people paste it (F7)", () => {
  it.each([
    "abc123def4",
    "  ABC123DEF4 \n",
    "stores/abc123def4",
    "/stores/abc123def4/v3/",
    "https://api.bigcommerce.com/stores/abc123def4/v3/",
    "https://api.bigcommerce.com/stores/ABC123DEF4/v2",
    "HTTPS://API.BIGCOMMERCE.COM/STORES/ABC123DEF4",
    "api.bigcommerce.com/stores/abc123def4/v3",
    "https://store-abc123def4.mybigcommerce.com",
    "https://store-abc123def4.mybigcommerce.com/manage/dashboard?a=b#c",
    "https://store-abc123def4-1.mybigcommerce.com/",
    "store-abc123def4.mybigcommerce.com/manage",
    "https://login.bigcommerce.com/stores/abc123def4/x",
    "http://127.0.0.1:8788/bigcommerce-api/stores/abc123def4/v3/",
  ])("%j is the hash", (text) => {
    expect(readStoreHash(text, API)).toEqual({ ok: true, value: "abc123def4" });
  });

  it.each<[unknown, string]>([
    ["", "empty"],
    ["   ", "empty"],
    ["abc", "unreadable"],
    ["a".repeat(21), "unreadable"],
    ["a".repeat(301), "unreadable"],
    ["abc-123", "unreadable"],
    ["abc 123", "unreadable"],
    ["../../../etc/passwd", "unreadable"],
    ["abc123'; DROP TABLE stores;--", "unreadable"],
    ["<script>alert(1)</script>", "unreadable"],
    ["javascript:alert(1)", "unreadable"],
    ["file:///etc/passwd", "unreadable"],
    ["https://api.bigcommerce.com@evil.example/stores/abc123def4", "unreadable"],
    ["https://api.bigcommerce.com/stores/%61bc123/v3", "unreadable"],
    ["https://api.bigcommerce.com/stores/../v3", "unreadable"],
    ["https://api.bigcommerce.com/", "unreadable"],
    ["https://api.bigcommerce.com.evil.example/stores/abc123def4/v3/", "other-host"],
    ["http://169.254.169.254/stores/abc123def4", "other-host"],
    ["https://shop.example.com/manage", "shop-address"],
    ["https://my-shop.mybigcommerce.com", "shop-address"],
    ["abc123\u0000def4", "unreadable"],
    ["аbc123def4", "unreadable"],
    [{ hash: "abc123def4" }, "unreadable"],
    [undefined, "unreadable"],
    [12345, "unreadable"],
  ])("%j is refused as %s", (text, why) => {
    expect(readStoreHash(text, API)).toEqual({ ok: false, error: why });
  });

  it.each(["constructor", "unreadable", "empty", "prototype1"])("%j is a possible hash like any other", (text) => {
    expect(readStoreHash(text, API)).toEqual({ ok: true, value: text });
  });
});
