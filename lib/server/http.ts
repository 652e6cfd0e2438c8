import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { addressOf } from "./address";
import { env } from "./env";
import { newRequestId } from "./execute";
import { setSecurityHeaders } from "./headers";
import { isDraining, isReady } from "./health";
import { log } from "./log";
import { metrics } from "./metrics";
import { refusesOrigin } from "./origin";
import { answerScrape, mayScrape } from "./scrape";

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;

/** The one HTTP server: health, the checks that every request passes, then Next. */
export function createHttp(pages: Pages, upgrade: Upgrade | null): Server {
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 20_000, maxHeaderSize: 16_384 },
    (request, response) => {
      serve(pages, request, response).catch((error) => {
        log().error({ err: String(error) }, "request failed");
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  server.on("upgrade", (request, socket, head) => {
    // A socket that breaks while we decide must not end the process.
    socket.on("error", () => socket.destroy());
    if (request.url?.startsWith("/socket.io/")) return;
    if (upgrade && request.url?.startsWith("/_next/"))
      return void upgrade(request, socket, head).catch(() => socket.destroy());
    socket.destroy();
  });
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    else socket.destroy();
  });
  return server;
}

async function serve(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const requestId = newRequestId();
  setSecurityHeaders(request, response);
  // The next request goes elsewhere.
  if (isDraining()) response.setHeader("connection", "close");
  response.setHeader("x-request-id", requestId);
  // Ours to say, whatever the client wrote.
  request.headers["x-request-id"] = requestId;
  request.headers["x-parley-address"] = addressOf(request);
  const path = (request.url ?? "/").split("?")[0] as string;
  request.headers["x-parley-path"] = path;
  if (path.startsWith("/api/")) response.setHeader("cache-control", "no-store");
  // The path alone: a query or a link's token could hold a secret.
  response.on("finish", () => {
    const ms = Math.round(performance.now() - started);
    const shown = path.replace(/^(\/(?:api\/)?(?:join|reset|password-reset)\/).+/, "$1[cut]");
    metrics().responses.inc({ class: `${Math.floor(response.statusCode / 100)}xx` });
    log().debug({ requestId, method: request.method, path: shown, status: response.statusCode, ms }, "request");
  });
  if (path === "/livez") return say(response, 200, "ok");
  if (path === "/readyz") return (await isReady()) ? say(response, 200, "ready") : say(response, 503, "not ready");
  // Strangers go on to the pages, which know no such address.
  if (path === "/metrics" && request.method === "GET" && mayScrape(request)) return answerScrape(response);
  if (refusesOrigin(request)) {
    const error = { code: "forbidden", message: "This request came from another site." };
    response.setHeader("content-type", "application/json");
    return say(response, 403, JSON.stringify({ ok: false, error }));
  }
  // An absolute-form or schemeless target would make Next resolve another host.
  if (!request.url?.startsWith("/") || request.url.startsWith("//")) return say(response, 400, "bad request");
  await pages(request, response);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.setHeader("cache-control", "no-store");
  response.writeHead(status).end(text);
}

/** Listens where the settings say. Rejects when the port is taken. */
export function listenOn(server: Server): Promise<string> {
  const { port, host, publicUrl } = env();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(publicUrl.origin);
    });
  });
}
