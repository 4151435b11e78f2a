import { describe, expect, it } from "vitest";
import { STATES, stagesOf, stagesOfOne, type Written, withStages } from "../../../worker/sales/stages.ts";
import { createRandom } from "../../twins/random.ts";

/** `orders.stages` is what its documents say (house 3 A4). */
describe("stages of documents", () => {
  it.each<[string, [string, string][], string]>([
    ["a sale", [["sale", "open"]], "sale"],
    [
      "its order, still a draft",
      [
        ["sale", "open"],
        ["order", "draft"],
      ],
      "sale",
    ],
    [
      "authorised",
      [
        ["sale", "open"],
        ["order", "authorised"],
      ],
      "sale,ordered",
    ],
    [
      "authorised and short of stock",
      [
        ["sale", "open"],
        ["order", "backordered"],
      ],
      "sale,ordered,backordered",
    ],
    [
      "a Service sale, which has no order",
      [
        ["sale", "open"],
        ["order", "none"],
      ],
      "sale,ordered",
    ],
    [
      "goods that have left were picked and packed",
      [
        ["sale", "open"],
        ["fulfilment", "shipped"],
      ],
      "sale,picked,packed,shipped",
    ],
    [
      "an invoice that waits is none yet",
      [
        ["sale", "open"],
        ["invoice", "waits"],
      ],
      "sale",
    ],
    [
      "a draft invoice",
      [
        ["sale", "open"],
        ["invoice", "draft"],
      ],
      "sale,invoice-draft",
    ],
    [
      "an invoice",
      [
        ["sale", "open"],
        ["invoice", "authorised"],
      ],
      "sale,invoiced",
    ],
    [
      "paid in part",
      [
        ["sale", "open"],
        ["invoice", "part-paid"],
        ["payment", "posted"],
      ],
      "sale,invoiced,part-paid",
    ],
    [
      "paid",
      [
        ["sale", "open"],
        ["invoice", "paid"],
        ["payment", "posted"],
      ],
      "sale,invoiced,paid",
    ],
    [
      "void",
      [
        ["sale", "void"],
        ["order", "authorised"],
        ["invoice", "draft"],
      ],
      "sale,ordered,invoice-draft,voided",
    ],
    ["finished goods are no stage", [["assembly", "completed"]], ""],
  ])("%s", (_, docs, stages) => {
    expect(stagesOf(docs.map(([kind, state]) => ({ kind, state })))).toBe(stages);
  });

  it("step by step they come to the same as from all documents at once, in whichever sequence and however often told", () => {
    const dice = createRandom(9);
    const ladders: [Written["kind"], string[]][] = [
      ["sale", ["open", "void"]],
      ["order", ["draft", "authorised", "backordered"]],
      ["fulfilment", ["picked", "packed", "shipped"]],
      ["invoice", ["waits", "draft", "authorised", "part-paid", "paid"]],
    ];
    const rank = (state: string) => (STATES as readonly string[]).indexOf(state);
    for (let n = 0; n < 300; n++) {
      const stored = new Map<string, string>();
      let stages = "";
      for (let step = 0; step < 8; step++) {
        const [kind, states] = dice.pick(ladders);
        const known = stored.get(kind);
        // A flow goes on, or repeats what it knows.
        const state = dice.pick(states.filter((each) => known === undefined || rank(each) >= rank(known)));
        stages = withStages(stages, [{ kind, state }]);
        if (known === undefined || rank(state) > rank(known)) stored.set(kind, state);
      }
      const all = stagesOf([...stored].map(([kind, state]) => ({ kind, state })));
      // Short of stock once is kept; everything else is what the documents say now.
      expect(all).toBe(stages);
    }
  });

  it("every state comes after those that it follows", () => {
    for (const [before, after] of [
      ["waits", "draft"],
      ["draft", "authorised"],
      ["authorised", "backordered"],
      ["part-paid", "paid"],
      ["open", "void"],
    ])
      expect(STATES.indexOf(before as never)).toBeLessThan(STATES.indexOf(after as never));
    expect(stagesOfOne({ kind: "invoice", state: "something newer" })).toEqual([]);
  });
});
