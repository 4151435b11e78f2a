import { describe, expect, it } from "vitest";
import { landing, type Trouble, troublePage } from "../../../worker/connect/pages.ts";

describe("pages that the Worker writes itself", () => {
  it.each<Trouble>(["open-again", "not-installed", "no-access", "no-answer", "too-many", "our-error"])(
    "%s: one title, whole sentences, no script and no style of its own",
    (trouble) => {
      const page = troublePage(trouble);
      expect(page.match(/<h1>[^<]+<\/h1>/g)).toHaveLength(1);
      for (const [, text = ""] of page.matchAll(/<p>([^<]+)<\/p>/g)) expect(text).toMatch(/^[A-Z].*\.$/);
      expect(page).not.toMatch(/<script|<style|style=|\son\w+=|&(?!amp;)/);
    },
  );
});

it("the code goes in the fragment, which no server and no log sees; where to go is escaped", () => {
  expect(landing("abc", null, null)).toBe("/#code=abc");
  expect(landing("abc", "/orders?q=1&x", null)).toBe("/#code=abc&to=%2Forders%3Fq%3D1%26x");
  expect(landing("abc", null, "abc123")).toBe("/?store=abc123#code=abc");
});
