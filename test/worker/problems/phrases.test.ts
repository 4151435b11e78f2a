import { expect, it } from "vitest";
import {
  cancelIt,
  go,
  methodIn,
  Named,
  named,
  one,
  open,
  others,
  process,
  processIt,
  redo,
  stays,
  titleOf,
  waiting,
  whyOf,
} from "../../../worker/problems/phrases.ts";

const about = (orderCount: number) => ({ orders: orderCount ? [1042] : [], orderCount });
const DAY = -20261121;

it("an order goes by its number, a daily sale by its day, and what is done to it is said accordingly", () => {
  expect([named(1042), Named(1042)]).toEqual(["order 1042", "Order 1042"]);
  expect([named(DAY).startsWith("the daily sale of "), Named(DAY).startsWith("The daily sale of ")]).toEqual([true, true]);
  expect([processIt(1042), processIt(DAY), processIt(undefined)]).toEqual(["process the order", "process it", "process the order"]);
  expect([cancelIt(1042), cancelIt(DAY)]).toEqual(["cancel the order", "cancel its orders"]);
});

it("a list that shows the order beside it says the rest alone", () => {
  const title = { who: "order 1042", why: "no tax rule." };
  expect([titleOf(title), whyOf(title)]).toEqual(["Order 1042 is held: no tax rule.", "No tax rule."]);
  expect([titleOf("Books are locked."), whyOf("Books are locked.")]).toEqual(["Books are locked.", "Books are locked."]);
});

it("how many wait is said as people count", () => {
  expect([0, 1, 2, 4].map((n) => others(about(n)))).toEqual([
    "",
    "",
    "1 other order waits for the same reason. ",
    "3 other orders wait for the same reason. ",
  ]);
  expect([0, 1, 3].map((n) => waiting(about(n)))).toEqual(["Orders wait. ", "Order 1042 waits. ", "3 orders wait. "]);
  expect([0, 1, 2, 10, 11].map((n) => go(about(n)))).toEqual([
    "it goes by itself",
    "it goes by itself",
    "both go at once",
    "all ten go at once",
    "all 11 go at once",
  ]);
});

it("one order can be processed at once; of several one is opened; of none there is nothing to press", () => {
  const opens = { label: "Open order 1042", to: "/orders/1042" };
  const press = { label: "Process order 1042", action: "process", orderId: 1042 };
  expect(process(about(1))).toEqual([{ ...press, after: true }, opens]);
  expect(redo(1042)).toEqual([press, opens]);
  expect(process(about(1))).toEqual(one(1042));
  expect(process(about(2))).toEqual([opens]);
  expect([process(about(0)), open(about(0))]).toEqual([[], []]);
});

it("money in another currency names it; what was assembled stays in stock until somebody takes it apart", () => {
  expect([methodIn({ method: "Card" }), methodIn({ method: "Card", currency: "USD" })]).toEqual(["Card", "Card in USD"]);
  expect([stays(undefined), stays("2 × KIT")]).toEqual([
    "",
    " What was assembled for it stays in stock: 2 × KIT. Take it apart in Cin7 Core if it will not be sold.",
  ]);
});
