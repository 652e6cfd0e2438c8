import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { errorStatus, type Failure } from "@/lib/contract/errors";
import { countRequest, partyOf } from "./admission";
import { AppError } from "./app-error";
import { plainHeaders } from "./headers";
import { isDraining } from "./health";
import { wrongAddress } from "./host";
import { isOwnOrigin } from "./origin";

/** Throws if a request must not be upgraded to a WebSocket. */
export async function checkUpgrade(request: IncomingMessage): Promise<void> {
  if (!isHandshake(request.url ?? "")) throw new AppError("invalid_input");
  // A browser sends our cookies with a handshake from any site's page. So only our own pages may open a WebSocket.
  if (!isOwnOrigin(request)) throw wrongAddress();
  if (isDraining()) throw new AppError("busy");
  await countRequest(await partyOf(request), "upgrade");
}

/** Whether a URL opens a new connection. A URL with a `sid` would take over an existing one without our checks. */
function isHandshake(url: string): boolean {
  const [path, query] = url.split("?");
  const parameters = new URLSearchParams(query);
  return (
    path === "/socket.io/" &&
    parameters.get("EIO") === "4" &&
    parameters.get("transport") === "websocket" &&
    !parameters.has("sid")
  );
}

/**
 * Answers with an error and destroys the connection. If the connection were only ended, it would stay open until the client
 * closes its side. Browsers hide this answer from pages. A page gets the reason from its next HTTP request.
 */
export function refuseUpgrade(connection: Duplex, error: Failure): void {
  const text = JSON.stringify({ ok: false, error });
  const length = String(Buffer.byteLength(text));
  const headers = { connection: "close", "content-type": "application/json", "content-length": length };
  const lines = Object.entries({ ...plainHeaders(), ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${errorStatus[error.code]} ${error.code}`;
  connection.end(`${status}\r\n${lines.join("")}\r\n${text}`, () => connection.destroy());
}
