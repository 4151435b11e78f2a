import { assemblyProblems } from "../../assembly/problems.ts";
import { connectProblems } from "../../connect/problems.ts";
import { firstRunProblems } from "../../first-run/problems.ts";
import { inboxProblems } from "../../inbox/problems.ts";
import { captureProblems } from "../../orders/capture/problems.ts";
import { changesProblems } from "../../orders/changes/problems.ts";
import { mappingProblems } from "../../orders/mapping/problems.ts";
import { moneyProblems } from "../../orders/money/problems.ts";
import { sendingProblems } from "../../orders/sending/problems.ts";
import { composeProblems } from "../../problems/registry.ts";
import { reconcileProblems } from "../../reconcile/problems.ts";
import { settingsProblems } from "../../settings/problems.ts";
import { stocktakeProblems } from "../../stocktake/problems.ts";
import { testSaleProblems } from "../../test-sale/problems.ts";

/** The problems of all slices: a kind that is declared and not here does not compile. */
composeProblems({
  ...inboxProblems,
  ...settingsProblems,
  ...mappingProblems,
  ...captureProblems,
  ...sendingProblems,
  ...moneyProblems,
  ...changesProblems,
  ...assemblyProblems,
  ...stocktakeProblems,
  ...reconcileProblems,
  ...firstRunProblems,
  ...connectProblems,
  ...testSaleProblems,
});
