import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { addressOf } from "./address";
import { admit } from "./admission";
import { AppError, toFailure } from "./app-error";
import { hasBody, withWholeBody } from "./body";
import { guardConnections } from "./connections";
import { env } from "./env";
import { newRequestId } from "./execute";
import { setSecurityHeaders } from "./headers";
import { isDraining, isReady } from "./health";
import { isLocal, wrongAddress } from "./host";
import { log } from "./log";
import { metrics } from "./metrics";
import { mayChange, refusesHost, refusesOrigin } from "./origin";
import { refuse } from "./refusal";
import { answerScrape, mayScrape } from "./scrape";

/** Next's handler of pages and of the API. */
type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
/** Upgrades a request to one of our WebSockets. */
type Sockets = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
/** Next's handler of its own WebSocket, in development. */
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;

/** The one HTTP server. Every request passes the checks here, then goes to Next. */
export function createHttp(pages: Pages, sockets: Sockets, upgrade: Upgrade | null): Server {
  const headersTimeout = env().patienceMs;
  const server = createServer(
    {
      headersTimeout,
      // A body may take any time as long as it makes progress: see `withWholeBody`.
      requestTimeout: 0,
      connectionsCheckingInterval: headersTimeout / 4,
      maxHeaderSize: 16_384,
      // If Node itself refused a request without a Host header, the answer would lack our headers.
      requireHostHeader: false,
    },
    (request, response) => {
      if (connections.begin(request, response)) void serve(pages, request, response);
    },
  );
  const connections = guardConnections(server);
  server.on("checkExpectation", (request, response) => {
    if (!connections.begin(request, response)) return;
    setSecurityHeaders(request, response);
    refuse(
      request,
      response,
      { code: "invalid_input", message: "This server doesn't support that Expect header." },
      417,
    );
  });
  server.on("upgrade", (request, socket, head) => {
    // An error of the connection before the upgrade must not end the process.
    socket.on("error", () => socket.destroy());
    // Node's own timeouts do not apply after an upgrade, and a refused client may never close its side. The ws package removes
    // this timeout when it accepts the WebSocket.
    (socket as Socket).setTimeout(env().patienceMs, () => socket.destroy());
    if (refusesHost(request)) return void socket.destroy();
    if (request.url?.startsWith("/socket.io/")) return sockets(request, socket, head);
    if (upgrade && request.url?.startsWith("/_next/"))
      return void upgrade(request, socket, head).catch(() => socket.destroy());
    socket.destroy();
  });
  return server;
}

/** Answers one request. Never throws. */
async function serve(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = newRequestId();
  // If the client has disconnected, the answer is dropped.
  response.on("error", () => {});
  try {
    prepare(request, response, requestId);
    await answer(pages, request, response);
  } catch (error) {
    refuse(request, response, toFailure(error, requestId));
  }
}

/** Sets the `x-*` request headers that later code trusts, replacing what the client sent. Sets the response headers. */
function prepare(request: IncomingMessage, response: ServerResponse, requestId: string): void {
  const startedAt = performance.now();
  const path = pathOf(request);
  setSecurityHeaders(request, response);
  // If this process is stopping, the client's next request must open a connection to another process.
  if (isDraining()) response.setHeader("connection", "close");
  response.setHeader("x-request-id", requestId);
  request.headers["x-request-id"] = requestId;
  request.headers["x-parley-address"] = addressOf(request);
  request.headers["x-parley-local"] = isLocal(request) ? "1" : "";
  request.headers["x-parley-path"] = request.url ?? "/";
  if (path.startsWith("/api/")) response.setHeader("cache-control", "no-store");
  // Logs only the path, because a query may contain a secret. Tokens in the path are cut.
  response.on("finish", () => {
    const ms = Math.round(performance.now() - startedAt);
    const safePath = path.replace(/^(\/(?:api\/|o\/[^/]+\/)?(?:join|reset|password-reset|ask)\/).+/, "$1[cut]");
    metrics().responses.inc({ class: `${Math.floor(response.statusCode / 100)}xx` });
    log().debug({ requestId, method: request.method, path: safePath, status: response.statusCode, ms }, "request");
  });
}

async function answer(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  // If the URL names a host itself (`http://…` or `//…`), Next would use that host.
  if (!request.url?.startsWith("/") || request.url.startsWith("//"))
    throw new AppError("invalid_input", "This isn't a valid address.");
  if (!allowsMethod(request, path)) return refuseMethod(request, response);
  if (path === "/livez") return answerText(response, 200, "ok");
  if (path === "/readyz")
    return (await isReady()) ? answerText(response, 200, "ready") : answerText(response, 503, "not ready");
  // A caller who may not read the metrics gets the 404 page below.
  if (path === "/metrics" && request.method === "GET" && mayScrape(request)) return answerScrape(response);
  // Next would never answer a request without a Host header. Only the health checks above allow one.
  if (!request.headers.host) throw new AppError("invalid_input", "Send a Host header.");
  if (refusesHost(request)) throw wrongAddress();
  if (refusesOrigin(request)) {
    const { origin } = request.headers;
    if (origin && origin !== "null") throw wrongAddress();
    throw new AppError("forbidden", "Send this server's own Origin header.");
  }
  // Socket.IO's long polling and Next's image resizing are not used.
  if (path.startsWith("/socket.io/")) throw new AppError("invalid_input", "Connect with a WebSocket.");
  if (path.startsWith("/_next/image")) throw new AppError("not_found");

  // If the URL cannot be decoded, Next would show its own error page.
  if (!isDecodable(path)) {
    if (path.startsWith("/api/")) throw new AppError("not_found");
    request.url = "/_not-found";
  }

  await waitForEarlierAnswers(response);
  const takeTurn = await admit(request, response, path.startsWith("/_next/static/") ? "file" : "work");
  if (!hasBody(request)) return withTurn(takeTurn, response, () => pages(request, response));
  if (!mayChange(request)) throw new AppError("invalid_input", "Send no body with this method.");
  const withBody = await withWholeBody(request);
  try {
    await withTurn(takeTurn, response, () => pages(withBody.request, response));
  } finally {
    withBody.release();
  }
}

/**
 * Waits until the earlier requests of the same connection are answered. Their answers are sent first. Without this wait, the
 * request would hold its turn until then.
 */
function waitForEarlierAnswers(response: ServerResponse): Promise<void> {
  if (response.socket) return Promise.resolve();
  return new Promise((resolve, reject) => {
    response.once("socket", () => resolve());
    response.once("close", () => reject(new AppError("invalid_input", "The request was cut off.")));
  });
}

/** Runs `handle` when its turn comes, unless the connection has closed by then. */
async function withTurn(
  takeTurn: () => Promise<() => void>,
  response: ServerResponse,
  handle: () => Promise<void>,
): Promise<void> {
  const endTurn = await takeTurn();
  try {
    if (!response.req.socket.destroyed) await handle();
  } finally {
    endTurn();
  }
}

/** Pages allow GET and HEAD only; the API, and in development Next, allow the other methods. */
function allowsMethod(request: IncomingMessage, path: string): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  return mayChange(request) && (path.startsWith("/api/") || (!env().production && path.startsWith("/__nextjs")));
}

function refuseMethod(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader(
    "allow",
    pathOf(request).startsWith("/api/") ? "GET, HEAD, POST, PUT, PATCH, DELETE" : "GET, HEAD",
  );
  refuse(request, response, { code: "invalid_input", message: "This address doesn't support this method." }, 405);
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

const pathOf = (request: IncomingMessage) => (request.url ?? "/").split("?")[0] as string;

function answerText(response: ServerResponse, status: number, text: string): void {
  response.setHeader("cache-control", "no-store");
  response.writeHead(status).end(text);
}

/** Listens where the settings say, and resolves to the public address. Rejects if the port is taken. */
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
