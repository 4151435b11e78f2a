/**
 * What Cin7 Core has now of what Setup chooses from. A list that was not read is not judged: `listsNeeded` says which ones a
 * save touches, so that switching orders off works while Cin7 Core does not answer.
 */
export type Live = {
  /** Active tax rules for sales. */
  taxRules?: readonly { name: string }[];
  accounts?: readonly LiveAccount[];
  locations?: readonly LivePlace[];
  /** The account's own currency. */
  currency?: string;
  /** The chosen default customer; null: Cin7 Core does not know it. */
  customer?: LiveCustomer | null;
  /** The default customers of other currencies, by ID; null: Cin7 Core does not know it. */
  customers?: ReadonlyMap<string, LiveCustomer | null>;
  /** Names of Cin7's sales representatives. */
  representatives?: readonly string[];
  /** Charge items by product ID; null: Cin7 Core does not know it. */
  products?: ReadonlyMap<string, LiveProduct | null>;
};
export type LiveList = keyof Live;

export type LiveAccount = {
  code: string;
  name: string;
  /** As Cin7 Core writes it, in capitals; "": it does not tell. */
  class: string;
  active: boolean;
  forPayments: boolean;
  /** Null: the currency of the books. */
  currency: string | null;
  system: string;
};
export type LivePlace = { id: string; name: string; deprecated: boolean };
export type LiveCustomer = { id: string; name: string; currency: string; active: boolean };
export type LiveProduct = { name: string; service: boolean; active: boolean };
