import { accountsWork } from "../../accounts/work.ts";
import { pruneActivity } from "../../activity/store.ts";
import { pruneTold } from "../../alerts/store.ts";
import { alertsWork } from "../../alerts/work.ts";
import { catalogueWork } from "../../catalogue/work.ts";
import { connectWork } from "../../connect/work.ts";
import { dailySalesWork } from "../../daily-sales/work.ts";
import { disconnectWork } from "../../disconnect/work.ts";
import { firstRunWork } from "../../first-run/work.ts";
import { composeWork } from "../../inbox/work.ts";
import { captureWork } from "../../orders/capture/work.ts";
import { changesWork } from "../../orders/changes/work.ts";
import { moneyWork } from "../../orders/money/work.ts";
import { sendingWork } from "../../orders/sending/work.ts";
import { ordersWork } from "../../orders/work.ts";
import { pruneProblems } from "../../problems/store.ts";
import { pruneTimeline } from "../../reconcile/health-store.ts";
import { reconcileWork } from "../../reconcile/work.ts";
import { retentionWork } from "../../retention/work.ts";
import { settleOlder } from "../../sales/older-release-step.ts";
import { testSaleWork } from "../../test-sale/work.ts";
import { writeBackWork } from "../../write-back/work.ts";

/** The work of all slices: a kind that is declared and not here does not compile. */
composeWork({
  ...captureWork,
  ...sendingWork,
  ...moneyWork,
  ...changesWork,
  ...writeBackWork,
  ...ordersWork,
  ...dailySalesWork,
  ...reconcileWork,
  ...connectWork,
  ...disconnectWork,
  ...accountsWork,
  ...catalogueWork,
  ...testSaleWork,
  ...firstRunWork,
  ...alertsWork,
  ...retentionWork([pruneActivity, pruneProblems, pruneTimeline, pruneTold], settleOlder),
});
