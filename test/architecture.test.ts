import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { expect, it } from "vitest";

/** The rules of design 4, held against the imports as they are written. */
const ROOT = new URL("..", import.meta.url).pathname;
const files = (dir: string): string[] =>
  readdirSync(join(ROOT, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === "dist" ? [] : files(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });

type Import = { from: string; to: string; typeOnly: boolean };
const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[^;'"]*?\sfrom\s+)?["'](\.[^"']+)["']/gm;
const importsOf = (file: string): Import[] => {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(IMPORT)].map((m) => ({
    from: file,
    to: normalize(join(dirname(file), m[2] as string)),
    typeOnly: m[1] !== undefined,
  }));
};

const worker = files("worker");
const COMPOSITION = new Set(
  ["index", "routes", "webhooks", "cron", "context", "inbox/inbox", "inbox/handlers"].map((name) => `worker/${name}.ts`),
);
const LAYERS = new Set(["lib", "db", "bigcommerce", "cin7", "inbox"]);
const partOf = (file: string) => relative("worker", file).split("/")[0] as string;
const isSlice = (file: string) => relative("worker", file).includes("/") && !LAYERS.has(partOf(file));
/** In a slice these touch the world; every other file is pure. */
const touchesWorld = (file: string) => /(^|[-/])(flow|store|routes|session)\.ts$/.test(file);

it("the composition imports slices; nothing but the composition imports the composition", () => {
  const wrong = worker
    .filter((file) => !COMPOSITION.has(file))
    .flatMap(importsOf)
    .filter(({ to }) => COMPOSITION.has(to));
  expect(wrong).toEqual([]);
});

it("lib knows nothing of shops or ERPs, and imports only itself", () => {
  const wrong = worker
    .filter((file) => partOf(file) === "lib")
    .flatMap(importsOf)
    .filter(({ to }) => partOf(to) !== "lib");
  expect(wrong).toEqual([]);
});

it("bigcommerce and cin7 do not know each other, nor any slice's flows", () => {
  const wrong = worker
    .filter((file) => partOf(file) === "bigcommerce" || partOf(file) === "cin7")
    .flatMap(importsOf)
    .filter(
      ({ from, to }) =>
        (partOf(from) === "bigcommerce" ? partOf(to) === "cin7" : partOf(to) === "bigcommerce") || (isSlice(to) && touchesWorld(to)),
    );
  expect(wrong).toEqual([]);
});

it("a slice imports another slice's pure files only", () => {
  const wrong = worker
    .filter((file) => isSlice(file))
    .flatMap(importsOf)
    .filter(({ from, to, typeOnly }) => isSlice(to) && partOf(to) !== partOf(from) && touchesWorld(to) && !typeOnly);
  expect(wrong).toEqual([]);
});

it("of the inbox a slice sees work, outcome, claim, flow, halt and client only", () => {
  const open = new Set(["work", "outcome", "claim", "flow", "halt", "client"].map((name) => `worker/inbox/${name}.ts`));
  const wrong = worker
    .filter((file) => isSlice(file) && !COMPOSITION.has(file))
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith("worker/inbox/") && !open.has(to));
  expect(wrong).toEqual([]);
});

it("a pure file of a slice awaits nothing, reads no clock, no randomness and no network", () => {
  const impure = /\bawait\b|\basync\b|Date\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|crypto\.(subtle|getRandomValues|randomUUID)/;
  const wrong = worker
    .filter((file) => isSlice(file) && !touchesWorld(file))
    .filter((file) => impure.test(withoutComments(readFileSync(join(ROOT, file), "utf8"))));
  expect(wrong).toEqual([]);
});

it("the UI imports only the contract of the worker", () => {
  const wrong = files("ui")
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith("worker/") && to !== "worker/contract.ts");
  expect(wrong).toEqual([]);
});

it("the twins and the proof judge from outside: they import nothing of the worker", () => {
  const judges = files("test").filter((file) => /^test\/(twins|prove)\//.test(file));
  expect(judges.flatMap(importsOf).filter(({ to }) => to.startsWith("worker/"))).toEqual([]);
});

it("no file is longer than 300 lines", () => {
  const long = [...worker, ...files("ui"), ...files("test"), ...files("scripts")]
    .map((file) => ({ file, lines: readFileSync(join(ROOT, file), "utf8").split("\n").length }))
    .filter(({ lines }) => lines > 301);
  expect(long).toEqual([]);
});

it("nothing is called manager, service, helper or utils", () => {
  const all = [...worker, ...files("ui"), ...files("test"), ...files("scripts")];
  expect(all.filter((file) => /(manager|service|helper|utils)\b/i.test(file.split("/").pop() as string))).toEqual([]);
});

it("migrations only add: no table is dropped or rebuilt (design 5)", () => {
  const bad = /DROP\s+TABLE|__new_|PRAGMA\s+foreign_keys/i;
  const wrong = readdirSync(join(ROOT, "migrations"))
    .filter((name) => name.endsWith(".sql"))
    .filter((name) => bad.test(readFileSync(join(ROOT, "migrations", name), "utf8")));
  expect(wrong).toEqual([]);
});

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
