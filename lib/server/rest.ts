import { z } from "zod";
import { type Answer, errorStatus } from "@/lib/contract/errors";
import { limits } from "@/lib/contract/limits";
import { AppError, toFailure } from "./app-error";
import { callerFrom } from "./caller";
import { execute, newRequestId } from "./execute";
import type { Handler } from "./handler";
import { countAnswer } from "./metrics";
import { makeRouter } from "./router";

/** Creates the route handler of `app/api/[...path]/route.ts`. `path` has the decoded segments of the URL after `/api`. */
export function rest(
  handlers: Record<string, Handler>,
): (request: Request, context: { params: Promise<{ path: string[] }> }) => Promise<Response> {
  const findRoute = makeRouter(handlers);
  return async (request, { params }) => {
    const receivedAt = performance.now();
    const requestId = request.headers.get("x-request-id") ?? newRequestId();
    const match = findRoute(request.method, (await params).path);
    if (!match) return refuse(new AppError("not_found"), requestId);
    // If the address exists but not with this method, `allowed` has the methods that it supports.
    if ("allowed" in match) return refuseMethod(match.allowed, requestId);
    const answer = await run(match.handler, request, match.params, requestId);
    countAnswer(match.handler.operation.name, "rest", answer, receivedAt);
    return respond(answer, requestId);
  };
}

const refuse = (error: AppError, requestId: string): Response =>
  respond({ ok: false, error: toFailure(error, requestId) }, requestId);

function refuseMethod(allowed: string[], requestId: string): Response {
  const { headers, body } = refuse(
    new AppError("invalid_input", "This address doesn't support this method."),
    requestId,
  );
  headers.set("allow", allowed.join(", "));
  return new Response(body, { status: 405, headers });
}

async function run(
  handler: Handler,
  request: Request,
  params: Record<string, string>,
  requestId: string,
): Promise<Answer<unknown>> {
  try {
    const [caller, input] = await Promise.all([callerFrom(request.headers), readInput(handler, request, params)]);
    return await execute(handler, { ...caller, requestId }, input);
  } catch (error) {
    return { ok: false, error: toFailure(error, requestId) };
  }
}

/** Converts an answer to an HTTP response. */
export function respond(answer: Answer<unknown>, requestId: string): Response {
  const headers = new Headers({ "cache-control": "no-store", "x-request-id": requestId });
  if (!answer.ok && answer.error.retryAfterMs)
    headers.set("retry-after", String(Math.ceil(answer.error.retryAfterMs / 1_000)));
  return Response.json(answer, { status: answer.ok ? 200 : errorStatus[answer.error.code], headers });
}

async function readInput(handler: Handler, request: Request, params: Record<string, string>): Promise<unknown> {
  const { http, input } = handler.operation;
  const { shape } = input;
  const fields = http.startsWith("GET ")
    ? fromQuery(new URL(request.url).searchParams, shape)
    : await readBody(request);
  if (fields === null || typeof fields !== "object" || Array.isArray(fields))
    throw new AppError("invalid_input", "Send a JSON object.");
  const duplicate = Object.keys(params).find((name) => Object.hasOwn(fields, name));
  if (duplicate) throw new AppError("invalid_input", undefined, { [duplicate]: "Send this in the path only." });
  return { ...fields, ...params };
}

async function readBody(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text === "") return {};
  // Browsers let any site send forms and text/plain without a CORS preflight, but not JSON.
  if (!/^application\/json(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("forbidden", "Send application/json.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid_input", "That isn't valid JSON.");
  }
}

/** Reads the body as text. Throws `too_large` if it has more than `maxBytes`. */
export async function readText(request: Request, maxBytes: number = limits.body): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw new AppError("too_large");
  if (!request.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new AppError("too_large");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Reads a query string. Converts numbers and lists as the schema says. Invalid values stay text, which the schema refuses. */
function fromQuery(query: URLSearchParams, shape: Record<string, z.ZodType>): Record<string, unknown> {
  const input: Record<string, unknown> = Object.create(null);
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const schema = Object.hasOwn(shape, name) ? innermost(shape[name] as z.ZodType) : null;
    if (schema instanceof z.ZodArray) input[name] = values;
    else if (values.length > 1) input[name] = values;
    else
      input[name] =
        schema instanceof z.ZodNumber && /^-?\d{1,15}$/.test(values[0] ?? "") ? Number(values[0]) : values[0];
  }
  return { ...input };
}

function innermost(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? innermost(schema.unwrap() as z.ZodType)
    : schema;
}
