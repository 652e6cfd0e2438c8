// Inputs of the wrong shape for every operation, over HTTP and the socket: wrong values in each field, and unknown fields.
import { beforeAll, expect, test } from "vitest";
import { requestFor } from "@/lib/client/http-request";
import { type OperationName, operations } from "@/lib/contract/index";
import { parseRoute } from "@/lib/contract/route";
import { everythingOf } from "./harness/everything";
import { leavesOf, withLeaf } from "./harness/leaves";
import { type Login, loginOf } from "./harness/login";
import { makeWorld, samples, type World } from "./harness/samples";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();
let world: World;
let owner: Login;
beforeAll(async () => {
  world = await makeWorld();
  owner = await loginOf(server, world.owner);
});

const names = Object.keys(operations) as OperationName[];
type Asked = [path: string, init: { method?: string; body?: string; headers?: Record<string, string> }];
const misplaced = [{ not: "" }, [["a"]]];
/** As JSON text, because a `__proto__` in an object literal sets the prototype. */
const extra = ['"role":"owner"', '"organizationId":null', '"__proto__":{"role":"owner"}', '"constructor":{}'];

/** Inputs with something else in one place of the sample, and with a field more than there is; as JSON. */
function hostile(name: OperationName, input: object): string[] {
  const text = JSON.stringify(input).slice(1, -1);
  const known = (field: string) => Object.hasOwn(operations[name].input.shape, field.split('"')[1] ?? "");
  return [
    ...leavesOf(input).flatMap((way) => misplaced.map((value) => JSON.stringify(withLeaf(input, way, value)))),
    ...extra.filter((field) => !known(field)).map((field) => `{${[field, text].filter(Boolean).join(",")}}`),
  ];
}

test("Over the socket, every operation refuses wrong values and unknown fields, and changes nothing", async () => {
  const before = await everythingOf(world);
  const complaints: string[] = [];
  for (const name of names) {
    const inputs = hostile(name, samples[name](world));
    // Fewer than cut a socket.
    for (let from = 0; from < inputs.length; from += 10) {
      const tab = await owner.listen();
      for (const input of inputs.slice(from, from + 10)) {
        const answer = await tab.ask(name, JSON.parse(input));
        const code = answer.ok ? "ok" : answer.error.code;
        if (code !== "invalid_input") complaints.push(`${name} ${input.slice(0, 120)}: ${code}`);
      }
      tab.close();
    }
  }
  expect(complaints).toEqual([]);
  expect(await everythingOf(world)).toEqual(before);
});

test("Over HTTP, every operation refuses wrong values and unknown fields, and changes nothing", async () => {
  const before = await everythingOf(world);
  const complaints: string[] = [];
  for (const name of names) {
    const { method, params } = parseRoute(operations[name].http);
    const sample = samples[name](world) as Record<string, unknown>;
    const { url } = requestFor(name, sample);
    const rest = Object.fromEntries(Object.entries(sample).filter(([field]) => !params.includes(field)));
    // A query knows only text (and Next drops `__proto__` from it): names in brackets, and names that are there twice, are what other programs make objects of.
    const queries = Object.keys(rest).flatMap((field) => [`${field}[not]=`, `${field}[]=a`, `${field}.not=a`]);
    const unknown = ["role=owner", "organizationId=a", "__proto__[role]=owner", "constructor=a"].filter(
      (query) => !Object.hasOwn(operations[name].input.shape, query.split("=")[0] ?? ""),
    );
    const asked: Asked[] =
      method === "GET"
        ? [...queries, ...unknown].map((query) => [`${url.split("?")[0]}?${query}`, {}])
        : hostile(name, rest).map((body) => [url, { method, body, headers: { "content-type": "application/json" } }]);
    const again = params.map(
      (param): Asked =>
        method === "GET"
          ? [`${url.split("?")[0]}?${param}=a`, {}]
          : [
              url,
              {
                method,
                body: JSON.stringify({ ...rest, [param]: "a" }),
                headers: { "content-type": "application/json" },
              },
            ],
    );
    for (const [path, init] of [...asked, ...again]) {
      const answer = await owner.fetch(path, init);
      const { error } = (await answer.json()) as { error?: { code: string } };
      if (answer.status !== 400 || error?.code !== "invalid_input") {
        complaints.push(`${method} ${path} ${(init.body ?? "").slice(0, 120)}: ${answer.status} ${error?.code}`);
      }
    }
  }
  expect(complaints).toEqual([]);
  expect(await everythingOf(world)).toEqual(before);
  expect(Object.hasOwn(Object.prototype, "role")).toBe(false);
});
