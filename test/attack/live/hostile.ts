/** Text that a stranger writes: what is repeated, and what stands around it. */
export type Hostile = (length: number) => string;

const UNITS: readonly string[] = [
  "a",
  "A",
  "0",
  " ",
  "\n",
  "\t",
  "@",
  "a@",
  ".",
  "a.",
  "-",
  "-a",
  "_",
  "/",
  "\\",
  "?",
  "#",
  "=",
  "'",
  '"',
  ",",
  ":",
  ";",
  "<",
  "&",
  "é",
  "\u0301",
  "a@a.",
  "ID ",
  "NOT ",
  "UTC ",
  "stores/",
  "order -",
  "ls:a",
  "stock ",
  "lock ",
  "{",
  "[",
];
const AROUND = [
  ["", ""],
  ["", "!"],
  ["", "\n"],
  ["", "@"],
  ["a@", "@"],
  ["https://", "a"],
] as const;

const repeated =
  (unit: string, [start, end]: readonly [string, string]): Hostile =>
  (length) =>
    start + unit.repeat(Math.ceil(length / unit.length)).slice(0, length) + end;

/** Each unit once. */
export const PLAIN: readonly Hostile[] = UNITS.map((unit) => repeated(unit, ["", "!"]));
/** Each in every surrounding. */
export const allOf = (units: readonly string[] = UNITS): Hostile[] =>
  units.flatMap((unit) => AROUND.map((around) => repeated(unit, around)));
