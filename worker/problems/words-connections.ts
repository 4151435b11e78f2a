import { type About, others } from "./phrases.ts";
import type { Problem } from "./registry.ts";
import type { Words } from "./words.ts";

type OfConnections = Extract<
  Problem,
  {
    kind: "other-connection" | "bigcommerce-down" | "cin7-down" | "hooks-refused" | "bigcommerce-denied" | "cin7-denied";
  }
>;

/** Words of both connections, and of another one beside them (M22); pattern of ui.md 10.2. */
export function connectionWords(problem: OfConnections, about: About): Words {
  switch (problem.kind) {
    case "other-connection": {
      const sales = problem.found.reduce((sum, one) => sum + one.sales, 0);
      const names = problem.found.map((one) => one.name).join(" and ") || "Something else";
      return {
        area: "shop",
        title: `${names} sends orders of this shop to Cin7 Core too.`,
        text: `We look once a week and found ${sales === 1 ? "1 sale" : `${sales} sales`} since the last time. An order that comes twice would be shipped twice. Switch the other connection off; the page says how. Then void in Cin7 Core the sales that are there twice.`,
        remedies: [{ label: "See what was found", to: "/first-run/other-connection" }],
      };
    }
    case "bigcommerce-down":
      return {
        area: "shop",
        title: "BigCommerce does not answer.",
        text: `Not since ${utc(problem.since)}. New and changed orders cannot be read. Nothing is lost: we try every 30 seconds, and they are read by themselves as soon as it answers.`,
        remedies: [],
      };
    case "cin7-down":
      return {
        area: "shop",
        title: "Cin7 Core does not answer.",
        text: `Not since ${utc(problem.since)}. Orders wait with their stock held. Nothing is lost and nothing is sent twice: we try every 30 seconds, and they go by themselves as soon as it answers.`,
        remedies: [],
      };
    case "hooks-refused":
      return {
        area: "shop",
        title: "BigCommerce does not take our notices for changed orders.",
        text: `It says: "${problem.text}" (${problem.scope}). Nothing is lost: we look for changed orders every 5 minutes instead of being told at once. In BigCommerce remove tools that are no longer used, then open the app again from Apps in your control panel.`,
        remedies: [{ label: "See the connection", to: "/setup/connection" }],
      };
    case "bigcommerce-denied":
      return {
        area: "shop",
        title: problem.scope
          ? `BigCommerce does not let us work: the permission ${problem.scope} is missing.`
          : "BigCommerce no longer accepts our access.",
        text: `${others(about, "Orders wait")}Nothing is lost: what was missed is read as soon as it works again. Open the app again from Apps in the BigCommerce control panel${problem.scope ? " and grant the permission" : ""}.`,
        remedies: [{ label: "See the connection", to: "/setup/connection" }],
      };
    case "cin7-denied":
      return {
        area: "shop",
        title: problem.licence
          ? "Cin7 Core says that its licence or subscription has ended."
          : "Cin7 Core no longer accepts our application key.",
        text: problem.licence
          ? `${others(about, "Orders wait")}Nothing is lost and stock is held; new orders are taken in and wait too. In Cin7 Core open My subscription and renew it, or add an External integration licence for this store: everything then goes by itself.`
          : `${others(about, "Orders wait")}Nothing is lost and stock is held. In Cin7 Core open Integrations → API. If the application "Lockstep" is gone, add it again and give its key under Setup, Connection: what waits goes at once. If it is there, see under My subscription whether the subscription or the External integration licence has ended.`,
        remedies: [{ label: "Replace the key", to: "/setup/connection" }],
      };
  }
}

/** "21 Nov 2026, 14:05 UTC": a problem does not know the reader's zone. */
const utc = (at: string): string => {
  const day = new Date(at).toUTCString().slice(5, 16);
  return `${day.replace(/^0/, "")}, ${at.slice(11, 16)} UTC`;
};
