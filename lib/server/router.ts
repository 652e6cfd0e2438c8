import { type Method, parseRoute } from "@/lib/contract/route";
import type { Handler } from "./handler";

/** A handler with its path parameters; or the methods that the path allows, if the request's is not one; or null for an unknown path. */
export type Found = { handler: Handler; params: Record<string, string> } | { allowed: string[] } | null;

/** One segment of a path, and the segments that may follow it. */
interface Step {
  literals: Map<string, Step>;
  /** The step for a segment that is not in `literals`: a parameter. */
  value: Step | null;
  methods: Map<string, { handler: Handler; params: string[] }>;
}

/** Creates a function that finds the handler for a method and the decoded path segments after `/api`. */
export function makeRouter(handlers: Record<string, Handler>): (method: string, segments: readonly string[]) => Found {
  const root = makeStep();
  for (const handler of Object.values(handlers)) {
    const { method, path, params } = parseRoute(handler.operation.http);
    const end = path.split("/").slice(2).reduce(follow, root);
    end.methods.set(method, { handler, params });
    if (method === ("GET" satisfies Method)) end.methods.set("HEAD", { handler, params });
  }
  return (method, segments) => {
    const values: string[] = [];
    let step: Step | null | undefined = root;
    for (const segment of segments) {
      const literal: Step | undefined = step.literals.get(segment);
      if (!literal) values.push(segment);
      step = literal ?? step.value;
      if (!step) return null;
    }
    if (step.methods.size === 0) return null;
    const found = step.methods.get(method);
    if (!found) return { allowed: [...step.methods.keys()].toSorted() };
    const params = Object.fromEntries(found.params.map((name, at) => [name, values[at] as string]));
    return { handler: found.handler, params };
  };
}

const makeStep = (): Step => ({ literals: new Map(), value: null, methods: new Map() });

function follow(step: Step, segment: string): Step {
  if (segment.startsWith("{")) return (step.value ??= makeStep());
  const next = step.literals.get(segment) ?? makeStep();
  step.literals.set(segment, next);
  return next;
}
