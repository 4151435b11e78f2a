import { basename } from "node:path";
import { expect, it } from "vitest";
import { PAGE_OF } from "../worker/contract/setup-pages.ts";
import { REPEATED } from "./tree/allowed.ts";
import { answers, deadAnswers, vagueAnswers } from "./tree/answers.ts";
import { circlesIn } from "./tree/circles.ts";
import { deadCitations } from "./tree/citations.ts";
import { type Fn, functionsOf } from "./tree/functions.ts";
import { entries, filesOf, foldersOf, importsOf, textOf, withoutComments } from "./tree/imports.ts";
import { ALSO_WRITE, BEYOND_EPOCH, OWNERS, READ_PAST_OWNER, touchesAll } from "./tree/owners.ts";
import { proseSearchedIn, READS_OTHERS, READS_OURS } from "./tree/prose.ts";
import { untested, WITHOUT_TEST } from "./tree/pure.ts";
import { isUpward, roomOf } from "./tree/rooms.ts";
import { pagesByInput } from "./tree/setup-pages.ts";
import { outOfEpoch, readersOf, tables, writersOf } from "./tree/tables.ts";

/** The laws of the tree (docs/decisions/0001), held against the files as they are written. A list of exceptions may only shrink. */
const worker = filesOf("worker");
const all = [...worker, ...filesOf("ui"), ...filesOf("test"), ...filesOf("scripts")];
const ENGINE = new Set(["lib", "env", "contract", "lib/db", "bigcommerce", "cin7", "inbox", "api", "app", "index"]);
/** What a store keeps of a whole table is worked out of the schema. */
const SCHEMA_READERS = new Set(["worker/disconnect/tables.ts"]);
const isSlice = (file: string) => !ENGINE.has(roomOf(file) ?? "");
/** In a slice these touch the world; every other file is pure. */
const touchesWorld = (file: string) => /(^|[-/])(flow|step|store|routes|session|action|work)\.ts$/.test(file);

it("every file of the Worker stands in a room", () => {
  expect(worker.filter((file) => roomOf(file) === null)).toEqual([]);
});

it("a room imports only rooms below it, type-only and inline imports too", () => {
  const upward = worker.flatMap(importsOf).filter(({ from, to }) => isUpward(from, to));
  expect(upward.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

/** Kinds that a slice declares four spaces deep, in `interface ProblemKinds` or `WorkKinds`, and the file that does. */
function homesOf(file: "problems.ts" | "work.ts", name: string): Map<string, string> {
  const declared = new RegExp(`interface ${name} \\{\n([\\s\\S]*?)\n {2}\\}`);
  const homes = new Map<string, string>();
  for (const home of worker.filter((each) => basename(each) === file))
    for (const [, kind = ""] of (declared.exec(withoutComments(textOf(home)))?.[1] ?? "").matchAll(/^ {4}"?([a-z0-9.-]+)"?:/gm)) {
      expect(homes.get(kind), `${kind} is defined once`).toBeUndefined();
      homes.set(kind, home);
    }
  return homes;
}

it("a kind of problem is defined once, in a slice's own file, and raised only by rooms above", () => {
  const homes = homesOf("problems.ts", "ProblemKinds");
  expect(homes.size).toBeGreaterThan(40);
  const raised = worker.flatMap((from) =>
    [...textOf(from).matchAll(/\bkind: "([a-z0-9-]+)"/g)].map((m) => ({ from, to: homes.get(m[1] as string) ?? from, kind: m[1] })),
  );
  expect(raised.filter(({ from, to }) => from !== to && isUpward(from, to))).toEqual([]);
});

it("a kind of work is defined once, in a slice's own file; the inbox names none", () => {
  const homes = homesOf("work.ts", "WorkKinds");
  expect(homes.size).toBeGreaterThan(20);
  const inbox = worker.filter((file) => roomOf(file) === "inbox");
  const named = inbox.flatMap((file) =>
    [...homes.keys()].filter((kind) => withoutComments(textOf(file)).includes(kind)).map((kind) => `${file} ${kind}`),
  );
  expect(named).toEqual([]);
});

it("work and problems of all slices are collected in app/compose and nowhere else", () => {
  const leaf = (file: string) => /\/(work|problems)\.ts$/.test(file) && roomOf(file) !== "app" && file !== "worker/inbox/work.ts";
  const taken = worker.flatMap(importsOf).filter(({ to }) => leaf(to));
  const wrong = taken.filter(({ from }) => !from.startsWith("worker/app/compose/") && from !== "worker/app/run-item.ts");
  expect(wrong).toEqual([]);
});

it("a folder has at most 20 files", () => {
  const full = ["worker", "ui"].flatMap(foldersOf).filter((folder) => entries(folder).files.length > 20);
  expect(full).toEqual([]);
});

it("of the inbox a slice sees work and its definition, outcome, claim, flow, vendor-answer and client only", () => {
  const open = new Set(
    ["define-work", "work", "outcome", "claim", "notes", "flow", "vendor-answer", "client"].map((name) => `worker/inbox/${name}.ts`),
  );
  const wrong = worker
    .filter(isSlice)
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith("worker/inbox/") && !open.has(to));
  expect(wrong).toEqual([]);
});

/** A vendor's path in quotes; what a call was for is told from its path in one file of the inbox. */
const CIN7_PATH = /["'`]\/(sale|saleList|customer|product|ref|me|finishedGoods|finishedGoodsList|stockTakeList)(["'`/?])/;

it("Cin7 Core's paths are known to its resources alone", () => {
  const wrong = worker.filter((file) => !file.startsWith("worker/cin7/")).filter((file) => CIN7_PATH.test(withoutComments(textOf(file))));
  expect(wrong).toEqual([]);
});

it("BigCommerce's paths are known to its resources alone", () => {
  const wrong = worker
    .filter((file) => !file.startsWith("worker/bigcommerce/"))
    .filter((file) => /["'`]\/v[23]\//.test(withoutComments(textOf(file))));
  expect(wrong).toEqual([]);
});

/** A status beside a number, a group of numbers, a table that is keyed by them. */
const STATUS_NUMBER =
  /\bstatus_?[iI]d\b[^\n]{0,12}?(===?|!==?|:|<|>)\s*-?\d|new Set(<number>)?\(\[\s*-?\d|=\s*\[\s*-?\d+(, -?\d+)+\]|^\s*\d+: [{r]/m;

it("statuses of BigCommerce are numbers in one file, and names everywhere else", () => {
  const among = worker.filter((file) => /status_?id/i.test(textOf(file)) || /capture-table/.test(file));
  const wrong = among.filter((file) => file !== "worker/bigcommerce/order-status.ts" && STATUS_NUMBER.test(withoutComments(textOf(file))));
  expect(among.length).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});

it("our marks are made and known in one file", () => {
  const wrong = worker
    .filter((file) => file !== "worker/orders/marks.ts")
    .filter((file) => /(?<!\w)ls(:|["'`])/.test(withoutComments(textOf(file))));
  expect(wrong).toEqual([]);
});

it("a claim is opened, looked for and closed by the one rule of writes; what else is remembered are notes", () => {
  const wrong = worker
    .filter((file) => !file.startsWith("worker/inbox/"))
    .filter((file) => /\bclaims\.(open|looked|close|drop|forget)\(|\.answer as\b/.test(withoutComments(textOf(file))));
  expect(wrong).toEqual([]);
});

it("a table of D1 has one owner, who alone writes it; the list of others only shrinks", () => {
  expect(tables().filter((table) => !(table in OWNERS))).toEqual([]);
  const strange = writersOf().filter(
    ({ table, file }) => !touchesAll(file) && ![...(OWNERS[table] ?? []), ...(ALSO_WRITE[table] ?? [])].includes(file),
  );
  expect(strange).toEqual([]);
  const writes = new Set(writersOf().map(({ table, file }) => `${table} ${file}`));
  const named = [OWNERS, ALSO_WRITE].flatMap((map) =>
    Object.entries(map).flatMap(([table, files]) => files.map((file) => `${table} ${file}`)),
  );
  expect(named.filter((each) => !writes.has(each))).toEqual([]);
});

it("a table is read by its owner; the list of those who read it past the owner only shrinks", () => {
  const roomsOf = (table: string) => new Set((OWNERS[table] ?? []).map(roomOf));
  const past = readersOf().filter(({ table, file }) => !touchesAll(file) && !roomsOf(table).has(roomOf(file)));
  const listed = Object.entries(READ_PAST_OWNER).flatMap(([file, names]) => names.map((table) => `${table} ${file}`));
  expect(past.map(({ table, file }) => `${table} ${file}`).sort()).toEqual(listed.sort());
});

it("what is written for a store is written in its epoch: a flow that outlived a disconnect writes nothing (design 5)", () => {
  expect(outOfEpoch().filter((each) => !BEYOND_EPOCH.includes(each))).toEqual([]);
});

/** What an item of work runs and settles by; of Setup's readers the names stay, until nobody else works there. */
const ANSWER_A_VALUE = ["charges", "choices", "daily-advice", "extras", "lists"].map((name) => `worker/setup/${name}-flow.ts`);
const EXPORTED = /^export (?:async )?(?:function|const) \w+[\s\S]*?(?:\{\n|=>)/gm;
const answersOutcome = (text: string): boolean =>
  [...text.matchAll(EXPORTED)].some(([head]) => /\bOutcome\b/.test(head.slice(head.lastIndexOf(")"))));

const ends = (file: string, ...with_: string[]) => with_.some((suffix) => new RegExp(`(^|[-/])${suffix}\\.ts$`).test(file));

it("a flow answers an outcome, a step of one a value; neither ends a request: an action is one of a request, and nothing else is", () => {
  const ofRequest = /\bApiContext\b|\bHTTPException\b|\bfail\(\d/;
  const flows = worker.filter((file) => ends(file, "flow") && isSlice(file));
  const steps = worker.filter((file) => ends(file, "step"));
  expect([...flows, ...steps].filter((file) => ofRequest.test(withoutComments(textOf(file))))).toEqual([]);
  const says = (file: string) => answersOutcome(withoutComments(textOf(file)));
  expect(flows.filter((file) => !says(file) && !ANSWER_A_VALUE.includes(file))).toEqual([]);
  expect([...steps.filter(says), ...flows.filter((file) => ANSWER_A_VALUE.includes(file) && says(file))]).toEqual([]);
  const actions = worker.filter((file) => ends(file, "action"));
  expect(actions.filter((file) => !ofRequest.test(withoutComments(textOf(file))))).toEqual([]);
  expect([flows.length > 25, steps.length > 20, actions.length > 8]).toEqual([true, true, true]);
});

it("SQL is spoken by stores alone: no other file of the Worker imports a value of drizzle, or writes a statement", () => {
  const sql = /^import \{[^}]*\} from "drizzle-orm|\bsql`|\b(?:SELECT|INSERT INTO|DELETE FROM) /m;
  const speaks = worker.filter((file) => sql.test(withoutComments(textOf(file))));
  const own = (file: string) =>
    ends(file, "store") || /^worker\/(lib\/(db\/|migrate)|inbox\/|cin7\/gate)/.test(file) || SCHEMA_READERS.has(file);
  expect(speaks.filter((file) => !own(file))).toEqual([]);
});

it("a pure file of a slice awaits nothing, reads no clock, no randomness and no network", () => {
  const impure = /\bawait\b|\basync\b|Date\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|crypto\.(subtle|getRandomValues|randomUUID)/;
  const wrong = worker.filter((file) => isSlice(file) && !touchesWorld(file)).filter((file) => impure.test(withoutComments(textOf(file))));
  expect(wrong).toEqual([]);
});

it("the UI imports only the contract of the worker, which imports types alone", () => {
  const wrong = filesOf("ui")
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith("worker/") && !to.startsWith("worker/contract/"));
  expect(wrong).toEqual([]);
  const weighs = filesOf("worker/contract").flatMap(importsOf);
  expect(weighs.filter(({ typeOnly }) => !typeOnly)).toEqual([]);
});

it("each field of Setup has its input on the page that the one map says, and no file of the Worker names such a page by hand", () => {
  expect(pagesByInput()).toEqual(PAGE_OF);
  const byHand = worker.filter((file) => /["'`]\/setup\//.test(withoutComments(textOf(file))));
  expect(byHand).toEqual(["worker/contract/setup-pages.ts"]);
});

it("the twins, the proof and the oracle judge from outside: they import nothing of the worker", () => {
  const judges = filesOf("test").filter((file) => /^test\/(twins|prove|oracle)\//.test(file));
  expect(judges.flatMap(importsOf).filter(({ to }) => to.startsWith("worker/"))).toEqual([]);
});

it("no file is longer than 300 lines", () => {
  const long = all.map((file) => ({ file, lines: textOf(file).split("\n").length })).filter(({ lines }) => lines > 301);
  expect(long).toEqual([]);
});

it("nothing is called manager, service, helper or utils", () => {
  expect(all.filter((file) => /^(.*-)?(manager|service|helper|utils)\.tsx?$/i.test(basename(file)))).toEqual([]);
});

it("what a request brings is read in one place, which counts its bytes", () => {
  const reads = /\breq(uest)?\.(json|text|parseBody|arrayBuffer|blob|formData)\(|\breq\.raw\.(body|json|text|clone)\b/;
  const wrong = worker.filter((file) => reads.test(withoutComments(textOf(file))));
  expect(wrong).toEqual([]);
});

/** Draws it, shows it, and what a release before sealed. */
const OF_PICTURES = /^worker\/orders\/(pages\/|reading\/picture\.ts)|^worker\/disconnect\/older-seal\.ts/;
const READS_PICTURE = /json_\w+\([^)]*picture|picture[`'"}\])]*\s*->|JSON\.parse\([^)]*picture|(?<!\.\.)\.picture\b|\["picture"\]/g;
/** It is drawn again from itself, or there is none. */
const NOT_READ = /redrawn\(row\.picture,|!before\.picture\b|isNotNull\(orders\.picture\)/g;

it("what an order's page shows is parsed by that page alone: data stands in documents, sale_lines and columns (decision 0026)", () => {
  const wrong = worker
    .filter((file) => !OF_PICTURES.test(file))
    .filter((file) => withoutComments(textOf(file)).replace(NOT_READ, "").match(READS_PICTURE));
  expect(wrong).toEqual([]);
  expect('json_extract(o.picture, "$.mapped")'.match(READS_PICTURE), "it is seen").not.toBeNull();
});

it("migrations only add: no table is dropped or rebuilt (design 5)", () => {
  const bad = /DROP\s+TABLE|__new_|PRAGMA\s+foreign_keys/i;
  const wrong = entries("migrations")
    .files.filter((name) => name.endsWith(".sql"))
    .filter((name) => bad.test(textOf(name)));
  expect(wrong).toEqual([]);
});

it("each rule, decision and fact that is cited resolves in docs/requirements.md, or is a page of docs/decisions", () => {
  const pages = ["README.md", "CHANGELOG.md", ...entries("docs/decisions").files];
  expect([...all, ...pages].flatMap(deadCitations)).toEqual([]);
});

it("a pure file of the Worker that decides something has a test of its path: worker/a/b.ts, test/worker/a/b.test.ts", () => {
  expect(untested().sort()).toEqual(Object.keys(WITHOUT_TEST).sort());
});

it("a function has at most 70 lines, and 5 parameters", () => {
  const functions = [...worker, ...filesOf("ui")].flatMap(functionsOf);
  const beyond = (wanted: (fn: Fn) => boolean) => functions.filter(wanted).map(({ name }) => name);
  expect(functions.length).toBeGreaterThan(1000);
  expect(beyond(({ lines }) => lines > 70)).toEqual([]);
  expect(beyond(({ parameters }) => parameters > 5)).toEqual([]);
});

it("no file of the worker or the UI reaches itself by its imports, type-only ones too", () => {
  expect([...circlesIn(worker), ...circlesIn(filesOf("ui"))]).toEqual([]);
});

it("an exported type's name means one thing in the worker; the list of those that mean two only shrinks", () => {
  const names = worker.flatMap((file) => [...textOf(file).matchAll(/^export (?:type|interface) (\w+)/gm)].map((m) => m[1] as string));
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  expect([...repeated].filter((name) => !REPEATED.includes(name))).toEqual([]);
});

it("no text that we wrote is taken apart: who searches for English is known, and reads what others say", () => {
  const searching = [...worker, ...filesOf("ui")].filter((file) => proseSearchedIn(file).length > 0);
  expect(searching.filter((file) => !READS_OURS.has(file))).toEqual(worker.filter((file) => READS_OTHERS.has(file)));
});

it("a newcomer finds a rule in one hop: each path of the README exists, each function that its table names is exported there", () => {
  expect(answers().length).toBeGreaterThanOrEqual(20);
  expect([deadAnswers(), vagueAnswers()]).toEqual([[], []]);
});
