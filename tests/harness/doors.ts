// Every URL that the server answers. They are read from the file system and the operations, so new ones are included.
import { readdirSync } from "node:fs";
import path from "node:path";
import { requestFor } from "@/lib/client/http-request";
import { type OperationName, operations } from "@/lib/contract/index";
import { type Route, routesOf } from "@/lib/contract/route";
import { samples, type World } from "./samples";

export interface Door {
  /** The method and the path as the source has it, with names in brackets or braces. */
  name: string;
  kind: "page" | "operation" | "route" | "sign-in" | "file" | "service" | "nowhere";
  method: string;
  url: string;
  /** The body, for an operation that takes one. */
  body?: string;
}

/** Answered by server.ts before Next, so no file in app/ names them. */
const services = ["/livez", "/readyz", "/metrics", "/socket.io/", "/socket.io/?EIO=4&transport=polling"];
/** Answered by Next itself. */
const nexts = ["/_next/image?url=%2Ficon.svg&w=64&q=75", "/_next/data/build/index.json"];
/** URLs that do not exist. Each is refused by another part of the server. */
const nowhere = ["/nowhere/at/all", "/api/nowhere", "/_next/nowhere", "/_next/static/nowhere.js", "/%2e%2e/%00"];
/** The actions of next-auth below `[...nextauth]`: its type `AuthAction`, with our only provider. */
const signIns =
  "csrf session providers signin signin/credentials callback/credentials signout error verify-request _log".split(" ");

const inApp = () => readdirSync("app", { recursive: true, encoding: "utf8" });
const withoutGroups = (folder: string) => `/${folder}`.replace(/\/\([^)]+\)/g, "").replace(/^\/\.?$/, "") || "/";

/** The paths of pages, routes and files in app/, as Next writes them: `/rooms/[roomId]`. */
export function placesInApp(): { pages: string[]; routes: string[]; files: string[] } {
  const found = inApp();
  const named = (name: RegExp) =>
    found.filter((file) => name.test(path.basename(file))).map((file) => withoutGroups(path.dirname(file)));
  return {
    pages: named(/^page\.tsx?$/),
    routes: named(/^route\.tsx?$/),
    files: found.filter((file) => /^[^/]+\.(svg|ico|png|txt|xml|webmanifest)$/.test(file)).map((file) => `/${file}`),
  };
}

/** A file that the build made for browsers. */
function builtFile(): string {
  const folder = path.join(process.env.NEXT_DIST_DIR ?? ".next-test", "static");
  const file = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((name) => name.endsWith(".js"));
  if (!file) throw new Error(`There is no script in ${folder}.`);
  return `/_next/static/${file}`;
}

/** Replaces the names in brackets by values. Which token a link gets depends on its path. */
function fill(place: string, world: World): string {
  const tokens: Record<string, string> = { join: world.inviteToken, reset: world.resetToken, ask: world.askToken };
  const values: Record<string, string> = {
    organization: world.organization.handle,
    roomId: world.room.id,
    messageId: world.messageId,
    groupId: world.groupId,
    of: "room",
    subjectId: world.room.id,
    // The room has no picture. lib/domain/picture/picture.db.test.ts and tests/pictures.test.ts ask for those of others.
    file: `${"0".repeat(64)}-000000000000-96.webp`,
    token: tokens[place.split("/").find((part) => part in tokens) ?? ""] ?? "",
  };
  return place.replace(/\[(\w+)\]/g, (_, name: string) => {
    if (!values[name]) throw new Error(`Add a value for [${name}] in ${place} to tests/harness/doors.ts.`);
    return values[name];
  });
}

/** An operation at one of its routes, with its sample as the input. */
export function operationDoor(name: OperationName, world: World, route: Route = operations[name].http): Door {
  const { url, init } = requestFor(name, samples[name](world), route);
  return {
    name: route,
    kind: "operation",
    method: init.method as string,
    url,
    ...(typeof init.body === "string" && { body: init.body }),
  };
}

/** Every URL, once for each method that it accepts. */
export function doorsOf(world: World): Door[] {
  const { pages, routes: files, files: metadata } = placesInApp();
  const names = Object.keys(operations) as OperationName[];
  const get = (kind: Door["kind"]) => (url: string) => ({ name: `GET ${url}`, kind, method: "GET", url }) as const;
  return [
    ...names.flatMap((name) => routesOf(operations[name]).map((route) => operationDoor(name, world, route))),
    ...pages.map((place) => ({ ...get("page")(fill(place, world)), name: `GET ${place}` })),
    ...files.filter((place) => !place.includes("[...")).map((place) => get("route")(fill(place, world))),
    ...files.filter((place) => place.includes("[...")).flatMap(catchAll),
    ...[...metadata, builtFile()].map(get("file")),
    ...[...services, ...nexts].map(get("service")),
    ...nowhere.map(get("nowhere")),
  ];
}

function catchAll(place: string): Door[] {
  // The operations and `nowhere` cover it.
  if (place === "/api/[...path]") return [];
  if (place !== "/api/auth/[...nextauth]")
    throw new Error(`Add the URLs that ${place} answers to tests/harness/doors.ts.`);
  return signIns.flatMap((action) =>
    ["GET", "POST"].map((method) => {
      const url = `/api/auth/${action}`;
      return { name: `${method} ${url}`, kind: "sign-in" as const, method, url };
    }),
  );
}

/** Every URL once, with the first of its methods. */
export function addressesOf(world: World): Door[] {
  const seen = new Map<string, Door>();
  for (const door of doorsOf(world)) if (!seen.has(door.url)) seen.set(door.url, door);
  return [...seen.values()];
}
