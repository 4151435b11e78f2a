import { expect, it } from "vitest";
import { refused, told } from "./part.ts";

it("M44: the additional attribute is told with its text in one sentence, once both are there", () => {
  expect(told("sale.channel", { attribute: null, text: "" }, { attribute: 3, text: "Web" })).toEqual([
    "Additional attribute for the store: none → Web in number 3",
  ]);
  expect(told("sale.channel", { attribute: 3, text: "Web" }, { attribute: 3, text: "Shop" })).toEqual([
    "Additional attribute for the store: Web in number 3 → Shop in number 3",
  ]);
  expect(told("sale.channel", { attribute: null, text: "" }, { attribute: null, text: "Web" })).toEqual([]);
  expect(refused("sale.channel.attribute", 11)).toEqual({ "sale.channel.attribute": "Choose an additional attribute from 1 to 10." });
});

it("F30: a representative is told by the channel or group that it is for; each of those is listed once", () => {
  const row = (by: string, id = 1) => ({ by, id, name: "Trade", representative: "Ana" });
  expect(told("sale.representatives", [], [row("channel"), row("group")])).toEqual([
    "Sales representative for channel Trade: none → Ana",
    "Sales representative for customer group Trade: none → Ana",
  ]);
  expect(refused("sale.representatives", [row("channel"), row("group"), row("channel")])).toEqual({
    "sale.representatives.2.id": "This channel or group is listed twice. Keep one of the two.",
  });
});

it("no prefix is told as none", () => expect(told("sale.referencePrefix", "", "WEB-")).toEqual(["Before the order number: none → WEB-"]));
