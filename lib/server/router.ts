import { type Method, parseRoute, routesOf } from "@/lib/contract/route";
import type { Handler } from "./handler";

/**
 * A handler with its path parameters. If the path exists, but not with this method: the methods that it allows. Null for an
 * unknown path.
 */
export type Match = { handler: Handler; params: Record<string, string> } | { allowed: string[] } | null;

/** One segment of a path, and the segments that may follow it. */
interface Node {
  literals: Map<string, Node>;
  /** The next node if the segment is not in `literals`. The segment is then the value of a parameter. */
  parameter: Node | null;
  methods: Map<string, { handler: Handler; params: string[] }>;
}

/** Creates a function that finds the handler for a method and the decoded path segments after `/api`. */
export function makeRouter(handlers: Record<string, Handler>): (method: string, segments: readonly string[]) => Match {
  const root = createNode();
  for (const handler of Object.values(handlers)) {
    for (const route of routesOf(handler.operation)) {
      const { method, path, params } = parseRoute(route);
      const end = path.split("/").slice(2).reduce(childFor, root);
      end.methods.set(method, { handler, params });
      if (method === ("GET" satisfies Method)) end.methods.set("HEAD", { handler, params });
    }
  }
  return (method, segments) => {
    const values: string[] = [];
    let node: Node | null | undefined = root;
    for (const segment of segments) {
      const literal: Node | undefined = node.literals.get(segment);
      if (!literal) values.push(segment);
      node = literal ?? node.parameter;
      if (!node) return null;
    }
    if (node.methods.size === 0) return null;
    const methodMatch = node.methods.get(method);
    if (!methodMatch) return { allowed: [...node.methods.keys()].toSorted() };
    const params = Object.fromEntries(methodMatch.params.map((name, at) => [name, values[at] as string]));
    return { handler: methodMatch.handler, params };
  };
}

const createNode = (): Node => ({ literals: new Map(), parameter: null, methods: new Map() });

function childFor(node: Node, segment: string): Node {
  if (segment.startsWith("{")) return (node.parameter ??= createNode());
  const next = node.literals.get(segment) ?? createNode();
  node.literals.set(segment, next);
  return next;
}
