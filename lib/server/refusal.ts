import type { IncomingMessage, ServerResponse } from "node:http";
import { errorStatus, type Failure } from "@/lib/contract/errors";
import { hasBody } from "./body";

/** How much of a refused request's body is read and dropped, and for how long, so that the client can receive the answer. */
const maxDropped = { bytes: 1024 * 1024, ms: 1_000 };

/** Answers a request with an error: as JSON under `/api/`, elsewhere as a page. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  failure: Failure,
  status: number = errorStatus[failure.code],
): void {
  if (response.headersSent || response.destroyed) return;
  const isApi = request.url?.startsWith("/api/") ?? false;
  const text = isApi ? JSON.stringify({ ok: false, error: failure }) : page(failure);
  const isPartial = hasBody(request) && !request.complete;
  if (failure.retryAfterMs !== undefined)
    response.setHeader("retry-after", String(Math.ceil(failure.retryAfterMs / 1_000)));
  if (isPartial) response.setHeader("connection", "close");
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", isApi ? "application/json" : "text/html; charset=utf-8");
  response.setHeader("content-length", Buffer.byteLength(text));
  response.writeHead(status);
  if (!isPartial) return void response.end(request.method === "HEAD" ? undefined : text);
  response.write(text);
  dropBody(request, response);
}

/** Reads and drops the rest of the body. Closing a connection with unread bytes resets it, and the client may lose the answer. */
function dropBody(request: IncomingMessage, response: ServerResponse): void {
  let bytes = 0;
  const end = () => response.end();
  const timer = setTimeout(end, maxDropped.ms);
  response.once("close", () => clearTimeout(timer));
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxDropped.bytes) end();
  });
  request.once("end", end).once("close", end);
}

/**
 * A page without scripts or other files, because requests for them would be refused, too. Its one link leads to a working page.
 */
function page({ message, openAt }: Failure): string {
  const link = (to: string, text: string) => `<a href="${escapeHtml(to)}">${escapeHtml(text)}</a>`;
  const [before = "", after = ""] = openAt ? message.split(openAt) : [];
  const body = openAt
    ? `<p>${escapeHtml(before)}${link(openAt, openAt)}${escapeHtml(after)}</p>`
    : `<p>${escapeHtml(message)}</p><p>${link("/", "Open Parley")}</p>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Parley</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;display:grid;
place-content:center;min-height:90vh;margin:0;padding:24px;text-align:center}</style><main>${body}</main></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
