/** The same seed, the same throws. */
export type Dice = {
  int: (from: number, to: number) => number;
  pick: <T>(list: readonly T[]) => T;
  chance: (of: number) => boolean;
};

export function diceOf(seed: number): Dice {
  let state = BigInt(seed) * 0xd1342543de82ef95n + 0x632be59bd9b4e019n;
  // splitmix64: each throw is a whole number below 2^53.
  const next = (): number => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return Number((z ^ (z >> 31n)) >> 11n) / 2 ** 53;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    pick: (list) => {
      const found = list[int(0, list.length - 1)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    chance: (of) => next() < of,
  };
}
