// Adds a definition and a handler to a copy of lib/, and nothing else. The operation can then be called in every way.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import type { Handler } from "@/lib/server/handler";
import { loginOf } from "@/tests/harness/login";
import { makeOrganization } from "@/tests/harness/people";
import { authSecret } from "@/tests/harness/server";
import { generateOperations } from "./operations.mjs";

process.env.AUTH_SECRET = authSecret;

const definition = `import { z } from "zod";
import { fields, operation } from "./operation";
export const echo = operation({
  name: "echo.say", http: "POST /api/echoes/{word}", repeat: "named", audit: null, summary: "Say it again",
  input: fields({ word: z.string(), id: z.string().optional() }), output: fields({ said: z.string() }),
});`;
const handler = `import { echo } from "@/lib/contract/echo";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
export default handle(echo, { load: async () => ({}), allow: () => yes, run: async ({ input }) => ({ said: input.word }) });`;
const entry = `export { operations } from "@/lib/contract/index";
export { handlers } from "@/lib/domain/index";
export { requestFor } from "@/lib/client/http-request";
export { createCall } from "@/lib/client/call";
export { offlineError } from "@/lib/client/call-error";
export { openApi } from "@/lib/server/openapi";
export { rest } from "@/lib/server/rest";
export { openSockets } from "@/lib/server/socket";`;

type Call = (name: string, input: object) => Promise<unknown>;
interface Copy {
  operations: Record<string, never>;
  handlers: Record<string, Handler>;
  requestFor(name: string, input: object): { url: string; init: RequestInit };
  createCall(options: object): Call;
  offlineError(): Error;
  openApi(operations: object, version: string): { paths: Record<string, unknown> };
  rest(handlers: object): (request: Request, context: { params: Promise<{ path: string[] }> }) => Promise<Response>;
  openSockets(domain: object, version: string): { upgrade: (...given: unknown[]) => void };
}
let root: string;
let copy: Copy;
let server: Server;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "parley-new-operation-"));
  const isCopied = (file: string) => !file.includes("lib/generated") && !/\.test\.tsx?$/.test(file);
  cpSync("lib", path.join(root, "lib"), { recursive: true, filter: isCopied });
  mkdirSync(path.join(root, "lib/generated"));
  symlinkSync(path.resolve("lib/generated/prisma"), path.join(root, "lib/generated/prisma"));
  for (const name of ["node_modules", "package.json"]) symlinkSync(path.resolve(name), path.join(root, name));
  mkdirSync(path.join(root, "lib/domain/echo"));
  writeFileSync(path.join(root, "lib/contract/echo.ts"), definition);
  writeFileSync(path.join(root, "lib/domain/echo/say.ts"), handler);
  writeFileSync(path.join(root, "entry.ts"), entry);
  await generateOperations(root);
  const outfile = path.join(root, "entry.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["entry.ts"],
    outfile,
    alias: { "@": root },
    bundle: true,
    packages: "external",
    preserveSymlinks: true,
    platform: "node",
    format: "esm",
    target: "node20",
  });
  copy = (await import(/* @vite-ignore */ outfile)) as Copy;
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

it("The operation is in the document of the API", () => {
  expect(copy.openApi(copy.operations, "1").paths).toMatchObject({
    "/api/echoes/{word}": { post: { operationId: "echo.say", summary: "Say it again" } },
  });
});

it("The operation is answered over HTTP, where the client asks for it", async () => {
  const { owner } = await makeOrganization();
  const { cookie } = await loginOf({ url: url() }, owner);
  const request = copy.requestFor("echo.say", { word: "hello there" });
  expect(request).toMatchObject({ url: "/api/echoes/hello%20there", init: { method: "POST" } });
  const headers = { ...(request.init.headers as object), cookie };
  const answer = await copy.rest(copy.handlers)(new Request(url() + request.url, { ...request.init, headers }), {
    params: Promise.resolve({ path: ["echoes", "hello there"] }),
  });
  expect(await answer.json()).toEqual({ ok: true, data: { said: "hello there" } });
});

it("The operation is answered over the socket", async () => {
  const { owner } = await makeOrganization();
  const welcome = async () => ({
    epoch: "an epoch",
    organizationClock: 0,
    clock: 0,
    rooms: [],
    chosen: { choice: "auto", until: null, tick: 0 },
  });
  const nothing = {
    pull: async () => null,
    pullOrganization: async () => null,
    findChanged: async () => ({ roomIds: [], people: [], organizationIds: [] }),
  };
  const domain = {
    handlers: copy.handlers,
    welcome,
    ...nothing,
    findPeopleSharingRoom: async () => new Set(),
    countRooms: async () => {},
    everySecond: [],
    everyMinute: [],
  };
  const sockets = copy.openSockets(domain, "1");
  server.on("upgrade", sockets.upgrade);
  const tab = await (await loginOf({ url: url() }, owner)).listen();
  expect(await tab.ask("echo.say" as never, { word: "hello" })).toEqual({ ok: true, data: { said: "hello" } });
  tab.close();
});

it("The client sends it again as its definition says: under the same id", async () => {
  const sent: unknown[] = [];
  const call = copy.createCall({
    baseUrl: "",
    fetch: async (to: string, init: { body: string }) => {
      sent.push({ word: to.split("/").at(-1), ...JSON.parse(init.body) });
      return Response.json({ ok: true, data: { said: "again" } } satisfies Answer<unknown>);
    },
    getSocket: () => ({
      isReady: () => true,
      request: (_: string, input: object) => {
        sent.push(input);
        return Promise.reject(copy.offlineError());
      },
    }),
  });
  expect(await call("echo.say", { word: "hello" })).toEqual({ said: "again" });
  expect(sent).toEqual([{ word: "hello", id: expect.any(String) }, sent[0]]);
});
