import { expect } from "vitest";
import { openPanel } from "../../../scripts/connect.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { until } from "../../harness/until.ts";
import { link, type Scene, type Shop, saveSetup, sent } from "./scene.ts";

const calm = async (shop: Shop) => void (await shop.faults([]));
/** What the text asks for: in the control panel the app is opened again, and BigCommerce asks whether it may. */
const opened = async (shop: Shop) => {
  await calm(shop);
  // Whoever had it open before opens it again too.
  shop.c.panel = await openPanel(shop.place, shop.c.store, "install");
};
const away = (peer: string) => (shop: Shop) => shop.faults([{ peer, kind: "status", status: 503, text: "<html>maintenance</html>" }]);

/** Both sides and the way to them. None of these has a button that would help: they say what to do, and end by themselves. */
export const OF_CONNECTIONS = {
  "bigcommerce-down": {
    async cause(shop) {
      await away("bigcommerce")(shop);
      return shop.order();
    },
    says: "BigCommerce does not answer.",
    remedy: calm,
    ends: "paid",
  },
  "cin7-down": {
    async cause(shop) {
      await away("cin7")(shop);
      return shop.order();
    },
    says: "Cin7 Core does not answer.",
    remedy: calm,
    ends: "paid",
  },
  "cin7-denied": {
    async cause(shop) {
      await shop.faults([{ peer: "cin7", kind: "status", status: 403, text: '[{"ErrorCode":403,"Exception":"Incorrect credentials!"}]' }]);
      return shop.order();
    },
    says: "Cin7 Core no longer accepts our application key.",
    remedy: calm,
    ends: "paid",
  },
  "bigcommerce-denied": {
    async cause(shop) {
      await shop.faults([{ peer: "bigcommerce", kind: "status", method: "GET", path: "/v2/orders/", status: 403 }]);
      return shop.order();
    },
    says: "BigCommerce",
    remedy: opened,
    ends: "paid",
  },
  "hooks-refused": {
    async cause(shop) {
      await shop.faults([
        { peer: "bigcommerce", kind: "status", method: "GET", path: "/v3/hooks$", status: 200, text: '{"data":[],"meta":{}}' },
        { peer: "bigcommerce", kind: "refuse", method: "POST", path: "/v3/hooks$", text: "The limit of 10 webhooks per scope is reached." },
      ]);
      shop.c.panel = await openPanel(shop.place, shop.c.store, "install");
      return null;
    },
    says: "BigCommerce does not take our notices for changed orders.",
    remedy: opened,
    ends: async (shop) => {
      await until("the entry to clear itself", async () => (await shop.problems()).every((row) => row.kind !== "hooks-refused"));
    },
  },
  /** On a second store, whose own currency is not that of the books. */
  "currency-unsupported": {
    cause: (shop) => shop.order(),
    says: "Order {N} is held: no rate from GBP to AUD is known.",
    async remedy(_, { page, problem }) {
      await link(problem, "Give the rate").click();
      await page.getByLabel("AUD for one GBP").fill("1.9");
      await saveSetup(page);
    },
    ends: async (shop, id) => {
      await sent(shop, id);
      expect(await shop.sale(id)).toMatchObject({ CurrencyRate: 1.9, CustomerCurrency: "GBP" });
    },
  },
} satisfies Partial<Record<Problem["kind"], Scene>>;

/** What cannot come about through the twins, and where it is proven instead. */
export const ELSEWHERE = {
  "setting-gone": "Found by a look once a day: test/settings/daily.test.ts, with the day passed in.",
  "tax-class-new": "Found by the same look.",
  "tax-class-gone": "Found by the same look.",
  "price-basis": "Found by the same look.",
  "other-connection": "Found by a look once a week: test/trial/weekly.test.ts, with the week passed in.",
  "sale-unfinished": "After a disconnect, read in the browser there: test/ui/unfinished.test.ts.",
  parked: "A mistake of our own, eight times in a row: test/inbox, with a flow that fails.",
} satisfies Partial<Record<Problem["kind"], string>>;
