/** /webhooks (facts 1.6): five of one type at most, secrets come back in clear text. */
import { refuse, required } from "./errors.ts";
import { flag, guid, needText, oneOf, rows, text } from "./fields.ts";
import { needQueryGuid } from "./lists.ts";
import type { Ctx, Json, Webhook } from "./types.ts";

const SALE =
  "Created QuoteAuthorised OrderAuthorised Voided Backordered ShipmentAuthorised InvoiceAuthorised PickAuthorised PackAuthorised CreditNoteAuthorised Undo PartialPaymentReceived FullPaymentReceived AttachmentAdded AdditionalAttributesChanged ShipmentTrackingNumberChanged";
const OTHERS =
  "Purchase/OrderAuthorised Purchase/InvoiceAuthorised Purchase/StockReceivedAuthorised Purchase/CreditNoteAuthorised Purchase/Updated Customer/Updated Supplier/Updated Product/Updated Stock/AvailableStockLevelChanged Lead/Updated Lead/Converted Opportunity/Authorized Opportunity/AttachmentAdded Opportunity/Voided Opportunity/Converted Task/Overdue";
const TYPES = [...SALE.split(" ").map((name) => `Sale/${name}`), ...OTHERS.split(" ")];

const answer = (webhooks: readonly Webhook[]): Json => ({ Webhooks: webhooks });
export const getWebhooks = (ctx: Ctx): Json => answer(ctx.account.webhooks);

function read(ctx: Ctx, before: Webhook | undefined): Webhook {
  const { body } = ctx;
  const Type = oneOf(text(body, "Type") || before?.Type || required("Type"), "Type", TYPES);
  const auth = oneOf(
    text(body, "ExternalAuthorizationType") || before?.ExternalAuthorizationType || required("ExternalAuthorizationType"),
    "ExternalAuthorizationType",
    ["noauth", "basicauth", "bearerauth"],
  );
  const url = text(body, "ExternalURL", 2048) || before?.ExternalURL || required("ExternalURL");
  if (!/^https?:\/\//i.test(url)) refuse("Attribute ExternalURL has wrong format.");
  const headers = rows(body, "ExternalHeaders")?.map((row) => ({ Key: needText(row, "Key"), Value: text(row, "Value", 2048) ?? "" }));
  const hook: Webhook = {
    ID: before?.ID ?? ctx.world.random.guid(),
    Type,
    Name: Type,
    IsActive: flag(body, "IsActive") ?? before?.IsActive ?? required("IsActive"),
    ExternalURL: url,
    ExternalAuthorizationType: auth,
    ExternalUserName: text(body, "ExternalUserName") ?? before?.ExternalUserName ?? "",
    ExternalPassword: text(body, "ExternalPassword") ?? before?.ExternalPassword ?? "",
    ExternalBearerToken: text(body, "ExternalBearerToken", 4096) ?? before?.ExternalBearerToken ?? "",
    ExternalHeaders: headers ?? before?.ExternalHeaders ?? [],
  };
  if (auth === "bearerauth" && !hook.ExternalBearerToken) required("ExternalBearerToken");
  if (auth === "basicauth" && !hook.ExternalUserName) required("ExternalUserName");
  return hook;
}

export function postWebhook(ctx: Ctx): Json {
  const hook = read(ctx, undefined);
  if (ctx.account.webhooks.filter((each) => each.Type === hook.Type).length >= 5)
    refuse(`Maximum 5 webhooks of type '${hook.Type}' are allowed`);
  ctx.account.webhooks.push(hook);
  return answer([hook]);
}

export function putWebhook(ctx: Ctx): Json {
  const id = guid(ctx.body, "ID") ?? required("ID");
  const before = ctx.account.webhooks.find((each) => each.ID === id) ?? refuse("Webhook with specified ID not found");
  Object.assign(before, read(ctx, before));
  return answer([before]);
}

export function deleteWebhook(ctx: Ctx): Json {
  const id = needQueryGuid(ctx, "ID");
  if (!ctx.account.webhooks.some((each) => each.ID === id)) refuse("Webhook with specified ID not found");
  ctx.account.webhooks = ctx.account.webhooks.filter((each) => each.ID !== id);
  return answer(ctx.account.webhooks);
}
