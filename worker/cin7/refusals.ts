/** What an account may refuse that another one takes (M2, M18; cin7-core.md 11.4, 11.5): remembered for the whole account. */
export type Refusal = "negative-charges" | "zero-price";
