import { beforeAll, expect, test } from "vitest";
import { serverEvents } from "@/lib/contract/events";
import { type OperationName, operations } from "@/lib/contract/index";
import { limits } from "@/lib/contract/limits";
import { parseRoute, routesOf } from "@/lib/contract/route";
import { sharedServer } from "./harness/shared-server";

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: object;
  $ref?: string;
}
interface Described {
  /** Missing at an alias of another route. */
  operationId?: string;
  summary: string;
  "x-repeat": string;
  "x-limit": object;
  security?: object[];
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: { properties: object } }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  "x-events": Record<string, { properties: object }>;
  "x-limits": Record<string, number>;
  paths: Record<string, Record<string, Described>>;
  components: {
    schemas: Record<string, object>;
    securitySchemes: Record<string, object>;
    parameters: Record<string, Parameter>;
  };
}

const server = sharedServer();
let document: Document;

beforeAll(async () => {
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as Document;
});

const names = Object.keys(operations) as OperationName[];
const operationIds = () =>
  Object.values(document.paths).flatMap((path) => Object.values(path).flatMap((each) => each.operationId ?? []));

test("The document is valid OpenAPI 3.1, and all its references resolve", () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/);
  expect(document.info).toEqual({
    title: expect.any(String),
    version: expect.any(String),
    description: expect.any(String),
  });
  const text = JSON.stringify(document);
  for (const [, reference] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
    const found = reference
      ?.replace(/^#\//, "")
      .split("/")
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);
    expect(found, reference).toBeTypeOf("object");
  }
  // Schemas of OpenAPI 3.1 are plain JSON Schema, so `nullable` of 3.0 must not appear.
  expect(text).not.toContain('"nullable"');
  const ids = operationIds();
  expect(new Set(ids).size).toBe(ids.length);
});

test("The document describes the header with the organization's handle", () => {
  expect(document.components.parameters.Organization).toMatchObject({
    name: "Parley-Organization",
    in: "header",
    required: false,
    schema: { type: "string", maxLength: 40, pattern: expect.any(String) },
  });
});

test("The document describes the events of the server, with their fields, and the limits", () => {
  const fieldsOf = Object.entries(document["x-events"]).map(([name, { properties }]) => [
    name,
    Object.keys(properties),
  ]);
  expect(Object.fromEntries(fieldsOf)).toEqual(
    Object.fromEntries(Object.entries(serverEvents).map(([name, { shape }]) => [name, Object.keys(shape)])),
  );
  expect(document["x-limits"]).toEqual(limits);
});

test("The document describes exactly the operations", () => {
  const told = operationIds();
  expect(told.toSorted()).toEqual([...names].toSorted());
});

test("The document describes the audit log's file, which is no operation", () => {
  const described = document.paths["/api/audit/export"]?.get as Described;
  const query = described.parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  const list = document.paths["/api/audit"]?.get as Described;
  const filters = list.parameters.map(({ name }) => name).filter((name) => name && !["after", "limit"].includes(name));
  expect(query.toSorted()).toEqual(["format", "organization", ...filters].toSorted());
  expect(Object.keys(described.responses["200"]?.content ?? {})).toEqual(["text/csv", "application/x-ndjson"]);
});

const routes = names.flatMap((name) => routesOf(operations[name]).map((route) => [name, route] as const));

test.each(routes)("%s is described at %s with its summary, parameters and answers", (name, route) => {
  const { method, path, params } = parseRoute(route);
  const described = document.paths[path]?.[method.toLowerCase()] as Described;
  const { summary, repeat, limit } = operations[name];
  expect(described).toMatchObject({ summary, "x-repeat": repeat, "x-limit": limit });
  expect(described.operationId).toBe(route === operations[name].http ? name : undefined);
  expect(described.summary.length).toBeGreaterThan(5);
  const inPath = described.parameters.filter((parameter) => parameter.in === "path");
  expect(inPath.map((parameter) => parameter.name)).toEqual(params);
  expect(inPath.every((parameter) => parameter.required && parameter.schema)).toBe(true);

  const elsewhere = [
    ...described.parameters.filter((parameter) => parameter.in === "query").map((parameter) => parameter.name),
    ...Object.keys(described.requestBody?.content["application/json"]?.schema.properties ?? {}),
  ];
  expect([...params, ...elsewhere].toSorted()).toEqual(Object.keys(operations[name].input.shape).toSorted());
  if (method === "GET") expect(described.requestBody).toBeUndefined();

  expect(described.security).toEqual(operations[name].access === "public" ? undefined : [{ session: [] }]);
  const header = described.parameters.some(({ $ref }) => $ref === "#/components/parameters/Organization");
  expect(header, "every operation that needs a session takes the organization's header").toBe(
    operations[name].access !== "public",
  );
  expect(Object.keys(described.responses)).toEqual(expect.arrayContaining(["200", "400", "429", "500"]));
  expect(described.responses["200"]?.content["application/json"]?.schema).toMatchObject({ required: ["ok", "data"] });
});
