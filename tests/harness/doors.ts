// Every way into the server, from the file system and the operations: what is added tomorrow is in here by itself.
import { readdirSync } from "node:fs";
import path from "node:path";
import { requestFor } from "@/lib/client/http";
import { type OperationName, operations } from "@/lib/contract/index";
import { samples, type World } from "./samples";

export interface Door {
  /** As it stands in the source. */
  name: string;
  kind: "page" | "operation" | "route" | "sign-in" | "file" | "service" | "nowhere";
  method: string;
  url: string;
  /** What an operation takes as its body. */
  body?: string;
}

/** Answered by server.ts and what it puts together, before Next: no file in app/ names them. */
const services = ["/livez", "/readyz", "/metrics", "/socket.io/", "/socket.io/?EIO=4&transport=polling"];
/** Answered by Next itself. */
const nexts = ["/_next/image?url=%2Ficon.svg&w=64&q=75", "/_next/data/build/index.json"];
/** Where nothing is: each reaches another part of the server. */
const nowhere = ["/nowhere/at/all", "/api/nowhere", "/_next/nowhere", "/_next/static/nowhere.js", "/%2e%2e/%00"];
/** What next-auth makes of `[...nextauth]`: its own list (`AuthAction`), with the provider there is. */
const signIns =
  "csrf session providers signin signin/credentials callback/credentials signout error verify-request _log".split(" ");

const inApp = () => readdirSync("app", { recursive: true, encoding: "utf8" });
const withoutGroups = (folder: string) => `/${folder}`.replace(/\/\([^)]+\)/g, "").replace(/^\/\.?$/, "") || "/";

/** Where pages and route files stand, as Next writes it: `/rooms/[roomId]`. */
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

/** What stands for a name in brackets. A link's token depends on what the link is for. */
function fill(place: string, world: World): string {
  const tokens: Record<string, string> = { join: world.inviteToken, reset: world.resetToken };
  const values: Record<string, string> = {
    roomId: world.room.id,
    token: tokens[place.split("/").find((part) => part in tokens) ?? ""] ?? "",
  };
  return place.replace(/\[(\w+)\]/g, (_, name: string) => {
    if (!values[name]) throw new Error(`Say in tests/harness/doors.ts what stands for ${name} in ${place}.`);
    return values[name];
  });
}

/** An operation at its route, as its sample asks for it. */
export function operationDoor(name: OperationName, world: World): Door {
  const { url, init } = requestFor(name, samples[name](world));
  return {
    name: operations[name].http,
    kind: "operation",
    method: init.method as string,
    url,
    ...(typeof init.body === "string" && { body: init.body }),
  };
}

/** All of them, each under the methods that it knows. */
export function doorsOf(world: World): Door[] {
  const { pages, routes: files, files: metadata } = placesInApp();
  const names = Object.keys(operations) as OperationName[];
  const get = (kind: Door["kind"]) => (url: string) => ({ name: `GET ${url}`, kind, method: "GET", url }) as const;
  return [
    ...names.map((name) => operationDoor(name, world)),
    ...pages.map((place) => ({ ...get("page")(fill(place, world)), name: `GET ${place}` })),
    ...files.filter((place) => !place.includes("[...")).map((place) => get("route")(fill(place, world))),
    ...files.filter((place) => place.includes("[...")).flatMap(catchAll),
    ...[...metadata, builtFile()].map(get("file")),
    ...[...services, ...nexts].map(get("service")),
    ...nowhere.map(get("nowhere")),
  ];
}

function catchAll(place: string): Door[] {
  // Where the operations are, and `nowhere`.
  if (place === "/api/[...path]") return [];
  if (place !== "/api/auth/[...nextauth]") throw new Error(`Say in tests/harness/doors.ts what ${place} answers.`);
  return signIns.flatMap((action) =>
    ["GET", "POST"].map((method) => {
      const url = `/api/auth/${action}`;
      return { name: `${method} ${url}`, kind: "sign-in" as const, method, url };
    }),
  );
}

/** Each address once, whatever its methods; as its first door has it. */
export function addressesOf(world: World): Door[] {
  const seen = new Map<string, Door>();
  for (const door of doorsOf(world)) if (!seen.has(door.url)) seen.set(door.url, door);
  return [...seen.values()];
}
