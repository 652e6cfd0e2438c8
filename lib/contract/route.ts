// This file must not import zod: the browser reads routes without loading any schema.

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
/** A method and a path. Names in braces are fields of the input: `GET /api/rooms/{roomId}`. */
export type Route = `${Method} /api/${string}`;

/** All routes of an operation, the main one first. */
export const routesOf = ({ http, aliases }: { http: Route; aliases: readonly Route[] }): Route[] => [http, ...aliases];

/** Splits a route into its method, its path and the names in braces in the path. */
export function parseRoute(route: Route): { method: Method; path: string; params: string[] } {
  const [method, path] = route.split(" ") as [Method, string];
  return { method, path, params: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string) };
}
