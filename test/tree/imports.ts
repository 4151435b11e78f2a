import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** The tree as it is written: files, and every import of them: static, type-only and inline (`import("…")`). */
export const ROOT = new URL("../..", import.meta.url).pathname;

export const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");
export const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:])\/\/.*$/gm, "$1");

export const entries = (dir: string): { folders: string[]; files: string[] } => {
  const all = readdirSync(join(ROOT, dir), { withFileTypes: true });
  const named = (wanted: boolean) => all.filter((entry) => entry.isDirectory() === wanted).map((entry) => join(dir, entry.name));
  return { folders: named(true).filter((folder) => !/(node_modules|dist)$/.test(folder)), files: named(false) };
};

export const foldersOf = (dir: string): string[] => [dir, ...entries(dir).folders.flatMap(foldersOf)];
export const filesOf = (dir: string): string[] =>
  foldersOf(dir).flatMap((folder) => entries(folder).files.filter((f) => /\.tsx?$/.test(f)));

export type Import = { from: string; to: string; typeOnly: boolean };
const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[^;'"]*?\sfrom\s+)?["'](\.[^"']+)["']|\b(typeof\s+)?import\(\s*["'](\.[^"']+)["']/gm;

export const importsOf = (file: string): Import[] =>
  [...withoutComments(textOf(file)).matchAll(IMPORT)].map((m) => ({
    from: file,
    to: normalize(join(dirname(file), (m[2] ?? m[4]) as string)),
    typeOnly: m[1] !== undefined || m[3] !== undefined,
  }));
