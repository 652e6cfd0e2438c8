import { z } from "zod";
import { auditFile } from "@/lib/contract/audit";
import { type ErrorCode, errorStatus } from "@/lib/contract/errors";
import { serverEvents } from "@/lib/contract/events";
import { limits } from "@/lib/contract/limits";
import type { Operation } from "@/lib/contract/operation";
import { OrganizationHandle } from "@/lib/contract/organization-handle";
import { organizationHeader } from "@/lib/contract/organization-header";
import { parseRoute, routesOf } from "@/lib/contract/route";
import { cookieName } from "./cookie-name";
import { once } from "./once";

const errorsOfEveryOperation: ErrorCode[] = ["invalid_input", "rate_limited", "internal", "busy"];

/** The OpenAPI document as text, built once because that takes milliseconds. */
export function openApiText(operations: Record<string, Operation>, version: string): string {
  return once("openapi", () => JSON.stringify(openApi(operations, version)));
}

/** The REST API as OpenAPI 3.1, generated from the operations. */
export function openApi(operations: Record<string, Operation>, version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of Object.values(operations)) {
    for (const route of routesOf(operation)) {
      const { method, path, params } = parseRoute(route);
      paths[path] ??= {};
      paths[path][method.toLowerCase()] = {
        // An `operationId` must be unique, so only the main route has it.
        ...(route === operation.http && { operationId: operation.name }),
        ...describe(operation, method, params),
        ...(route !== operation.http && { description: `The same as \`${operation.http}\`.` }),
      };
    }
  }
  paths[auditFile.path] = { get: describeFile(auditFile) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Parley",
      version,
      description:
        "Every response is `{ ok: true, data }` or `{ ok: false, error }`. `x-events` has the events that the server sends over " +
        "a socket. A client's events are the operations by their `operationId`. `x-limit` is how often a person may call an " +
        "operation; operations whose limits have the same name share it. `x-repeat` is whether a request without an answer may " +
        "be sent again: `safe`, `named` (with the same `id`), `intent` (with the same `intentId`) or `never`.",
    },
    "x-events": Object.fromEntries(
      Object.entries(serverEvents).map(([name, schema]) => [name, jsonSchema(schema, "output")]),
    ),
    "x-limits": limits,
    paths,
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: cookieName("session") } },
      parameters: {
        Organization: {
          name: organizationHeader,
          in: "header",
          required: false,
          description:
            "The handle of the organization that the request is for. Required if the caller is signed in to several; without it, `invalid_input` names this header.",
          schema: jsonSchema(OrganizationHandle, "input"),
        },
      },
      schemas: {
        Error: {
          type: "object",
          required: ["ok", "error"],
          properties: {
            ok: { const: false },
            error: {
              type: "object",
              required: ["code", "message"],
              properties: {
                code: { enum: Object.keys(errorStatus) },
                message: { type: "string" },
                fields: { type: "object", additionalProperties: { type: "string" } },
                retryAfterMs: { type: "integer" },
                openAt: { type: "string" },
              },
            },
          },
        },
      },
    },
  };
}

interface ObjectSchema {
  properties?: Record<string, object>;
  required?: string[];
}

function describe(operation: Operation, method: string, params: string[]): object {
  const input = jsonSchema(operation.input, "input") as ObjectSchema;
  const properties = input.properties ?? {};
  const required = new Set(input.required);
  const rest = Object.keys(properties).filter((name) => !params.includes(name));
  const query = method === "GET" ? rest : [];
  const body = method === "GET" ? [] : rest;
  const errors = [
    ...errorsOfEveryOperation,
    ...(operation.access === "public" ? [] : (["unauthenticated"] as const)),
    ...operation.errors,
  ];
  return {
    summary: operation.summary,
    "x-repeat": operation.repeat,
    "x-limit": operation.limit,
    ...(operation.access !== "public" && { security: [{ session: [] }] }),
    parameters: [
      ...(operation.access === "public" ? [] : [{ $ref: "#/components/parameters/Organization" }]),
      ...params.map((name) => ({ name, in: "path", required: true, schema: properties[name] })),
      ...query.map((name) => ({ name, in: "query", required: required.has(name), schema: properties[name] })),
    ],
    ...(body.length > 0 && {
      requestBody: {
        required: body.some((name) => required.has(name)),
        content: {
          "application/json": {
            schema: {
              type: "object",
              additionalProperties: false,
              properties: Object.fromEntries(body.map((name) => [name, properties[name]])),
              required: body.filter((name) => required.has(name)),
            },
          },
        },
      },
    }),
    responses: {
      200: {
        description: "Done",
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["ok", "data"],
              properties: {
                ok: { const: true },
                data: jsonSchema(operation.output, "output"),
                ...(operation.repeat === "intent" && {
                  repeated: { const: true, description: "This answers an earlier request with this intentId." },
                }),
              },
            },
          },
        },
      },
      ...describeErrors(errors),
    },
  };
}

function describeErrors(errors: ErrorCode[]): object {
  return Object.fromEntries(
    [...new Set(errors.map((code) => errorStatus[code]))].map((status) => [
      status,
      {
        description: errors.filter((code) => errorStatus[code] === status).join(", "),
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    ]),
  );
}

/** Describes a streamed file. A link cannot send headers, so the query may name the organization. */
function describeFile({ summary, query, contentTypes }: typeof auditFile): object {
  const { properties = {}, required = [] } = jsonSchema(query, "input") as ObjectSchema;
  const organization = { name: "organization", in: "query", required: false };
  return {
    summary,
    security: [{ session: [] }],
    parameters: [
      { $ref: "#/components/parameters/Organization" },
      { ...organization, schema: jsonSchema(OrganizationHandle, "input") },
      ...Object.entries(properties).map(([name, schema]) => {
        return { name, in: "query", required: required.includes(name), schema };
      }),
    ],
    responses: {
      200: {
        description: "The file",
        content: Object.fromEntries(contentTypes.map((type) => [type, { schema: { type: "string" } }])),
      },
      ...describeErrors([...errorsOfEveryOperation, "unauthenticated", "forbidden"]),
    },
  };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
