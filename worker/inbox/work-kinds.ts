/**
 * Work items: every cause becomes one (design 2). An item is a wake-up, not a truth: its flow reads the present and late, repeated
 * or reordered notices are harmless. What a kind carries is declared here by the `work.ts` of the slice that does it; everything
 * else of it stands beside that declaration (define-work.ts).
 */
// biome-ignore lint/suspicious/noEmptyInterface: each slice declares its kinds into it.
export interface WorkKinds {}

export type WorkKind = keyof WorkKinds;
export type WorkOf<K extends WorkKind> = { kind: K } & WorkKinds[K];
export type Work = { [K in WorkKind]: WorkOf<K> }[WorkKind];
