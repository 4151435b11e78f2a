import { filesOf, textOf, withoutComments } from "./imports.ts";

/** Tables of D1: which files write them, which read them past their owners, and which writes forget the connection they are made for. */
const TABLES = new Map(
  filesOf("worker/lib/db/schema")
    .flatMap((file) => [...textOf(file).matchAll(/export const (\w+) = sqliteTable\(\s*"(\w+)"/g)])
    .map(([, code = "", sql = ""]) => [code, sql] as const),
);
const IN_CODE = new Map([...TABLES].map(([code, sql]) => [sql, code]));
/** A queue and a gate have tables of their own, in their own SQLite. */
const files = filesOf("worker").filter((file) => !/^worker\/(inbox|cin7|lib\/(db\/schema|migrate))/.test(file));

const BY_TABLE = /(?:\.(?:insert|update|delete)\(|insertInEpoch\(\s*db,\s*tenant,\s*)(\w+)/g;
const BY_NAME = /\b(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)/g;

/** The tables that a text writes. */
const writtenIn = (text: string): string[] => [
  ...new Set(
    [
      ...[...text.matchAll(BY_TABLE)].map(([, name = ""]) => name),
      ...[...text.matchAll(BY_NAME)].map(([, name = ""]) => IN_CODE.get(name) ?? ""),
    ].filter((table) => TABLES.has(table)),
  ),
];

export const tables = (): string[] => [...TABLES.keys()];
export const writersOf = (): { table: string; file: string }[] =>
  files.flatMap((file) => writtenIn(withoutComments(textOf(file))).map((table) => ({ table, file })));

/** Files that name a table in what they do, in code or in SQL; who only names the type of its rows reads none. */
export const readersOf = (): { table: string; file: string }[] =>
  files.flatMap((file) => {
    const text = withoutComments(textOf(file));
    const imported = [...text.matchAll(/^import \{([^}]*)\} from "[^"]*db\/schema\/\w+\.ts";/gm)].flatMap(([, names = ""]) =>
      names.split(",").map((name) => name.replace(/^\s*type /, "").trim()),
    );
    const raw = [...text.matchAll(/\b(?:FROM|JOIN) (\w+)\b/g)].map(([, name = ""]) => IN_CODE.get(name) ?? "");
    return [...new Set([...imported, ...raw])].filter((table) => TABLES.has(table)).map((table) => ({ table, file }));
  });

type Block = { name: string; text: string };
const blocksOf = (text: string): Block[] =>
  text
    .split(/^(?=(?:export )?(?:async )?(?:function|const) )/m)
    .map((block) => ({ name: /(?:function|const) (\w+)/.exec(block)?.[1] ?? "", text: block }));

/** Functions that write on behalf of a tenant, and neither they nor what they call in their file asks whether its epoch is the store's. */
export const outOfEpoch = (): string[] =>
  files.flatMap((file) => {
    const blocks = blocksOf(withoutComments(textOf(file)));
    const asks = new Set(["inEpoch", "insertInEpoch", "storeInEpoch", "epoch"]);
    const mentions = (text: string) => [...asks].some((name) => new RegExp(`\\b${name}\\b`).test(text));
    for (let before = -1; before !== asks.size; ) {
      before = asks.size;
      for (const { name, text } of blocks) if (name && mentions(text.replace(/^import[^;]*;/gm, ""))) asks.add(name);
    }
    return blocks
      .filter(({ text }) => writtenIn(text).length > 0 && /\btenant\b/.test(text) && !mentions(text))
      .map(({ name }) => `${file} ${name}`);
  });
