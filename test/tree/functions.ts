import { parseAst } from "vite";
import { textOf } from "./imports.ts";

/**
 * Functions of a file with their length in lines and their number of parameters, by the parser that vite brings (TypeScript 7 has
 * no API for this): `worker/x.ts#name`.
 */
export type Fn = { name: string; lines: number; parameters: number };
/** A node of the syntax tree, with what the rules ask of it. */
export type Node = {
  type: string;
  start: number;
  end: number;
  id?: { name?: string } | null;
  key?: { name?: string };
  params?: unknown[];
  value?: unknown;
  regex?: { pattern: string };
  callee?: Node;
  property?: { name?: string };
  arguments?: Node[];
  quasis?: { value: { cooked: string } }[];
} & Record<string, unknown>;

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";
export const treeOf = (file: string): Node => parseAst(textOf(file), { lang: file.endsWith("x") ? "tsx" : "ts" }) as unknown as Node;

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

export function functionsOf(file: string): Fn[] {
  const text = textOf(file);
  const found: Fn[] = [];
  const visit = (node: Node, named: string): void => {
    const name = node.id?.name ?? node.key?.name ?? named;
    if (FUNCTIONS.has(node.type)) {
      const lines = text.slice(node.start, node.end).split("\n").length;
      found.push({ name: `${file}#${name}`, lines, parameters: node.params?.length ?? 0 });
    }
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, name);
  };
  visit(treeOf(file), "");
  return found;
}
