// Reads a source file into a syntax tree for the house rules. TypeScript 7 has no JavaScript interface, so the parser is swc.
import { parseSync } from "@swc/core";

/** Returns { body, line }: the file's top-level statements, and a function that returns the 1-based line of a node. */
export function parse(path, text) {
  const typed = /\.tsx?$/.test(path);
  const source = text.replace(/^#!/, "//");
  // swc counts bytes from an arbitrary start. The added empty statement reveals this start.
  const file = parseSync(`;${source}`, {
    syntax: typed ? "typescript" : "ecmascript",
    [typed ? "tsx" : "jsx"]: !path.endsWith(".ts"),
    target: "es2022",
  });
  const [first, ...body] = file.body;
  const bytes = Buffer.from(`;${source}`);
  const line = (node) => {
    const end = spanOf(node).start - first.span.start;
    let lines = 1;
    for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) lines++;
    return lines;
  };
  return { body, line };
}

/** Calls `visit(node, ancestors)` for every node of a tree. The ancestors start with the outermost. */
export function walk(node, visit, ancestors = []) {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, visit, ancestors);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const isNode = typeof node.type === "string";
  if (isNode) visit(node, ancestors);
  const below = isNode ? [...ancestors, node] : ancestors;
  for (const [key, child] of Object.entries(node)) {
    if (key !== "span" && child !== null && typeof child === "object") walk(child, visit, below);
  }
}

/** The expression inside `(x)`, `x as T`, `x satisfies T`, `x!`, `<T>x` and `?.`. */
export function bare(node) {
  let inner = node;
  while (inner) {
    if (inner.type === "ParenthesisExpression" || /^Ts.*(Expression|Assertion)$/.test(inner.type))
      inner = inner.expression;
    else if (inner.type === "OptionalChainingExpression") inner = inner.base;
    else break;
  }
  return inner;
}

/** The name `b` of `a.b`, `a["b"]`, `#b`, `b()` or `b`. Undefined for other expressions. */
export function nameOf(node) {
  const inner = bare(node);
  switch (inner?.type) {
    case "Identifier":
    case "StringLiteral":
    case "PrivateName":
      return inner.value;
    case "MemberExpression":
      return nameOf(inner.property);
    case "Computed":
      return bare(inner.expression).type === "StringLiteral" ? inner.expression.value : undefined;
    case "CallExpression":
      return nameOf(inner.callee);
    default:
      return undefined;
  }
}

/** The leftmost expression of a chain, such as `a` of `a.b.c()`. */
export function rootOf(node) {
  const inner = bare(node);
  if (inner?.type === "MemberExpression") return rootOf(inner.object);
  if (inner?.type === "CallExpression") return rootOf(inner.callee);
  return inner;
}

function spanOf(node) {
  return node.span ?? node.expression?.span ?? node.key?.span ?? node.body?.span;
}
