import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { errorStatus, type Failure } from "@/lib/contract/errors";
import { countRequest, partyOf } from "./admission";
import { AppError } from "./app-error";
import { plainHeaders } from "./headers";
import { isDraining } from "./health";
import { wrongAddress } from "./host";
import { isOwnOrigin } from "./origin";

/** Throws why a connection may not become a WebSocket. Every upgrade to a socket is judged here. */
export async function mayUpgrade(request: IncomingMessage): Promise<void> {
  if (!isHandshake(request.url ?? "")) throw new AppError("invalid_input");
  // A browser sends cookies with a handshake from any page: only our own pages may open one.
  if (!isOwnOrigin(request)) throw wrongAddress();
  if (isDraining()) throw new AppError("busy");
  await countRequest(await partyOf(request), "upgrade");
}

/** With a `sid`, engine.io replaces an existing connection with this one, which skips every guard. */
function isHandshake(url: string): boolean {
  const [path, query] = url.split("?");
  const asked = new URLSearchParams(query);
  return (
    path === "/socket.io/" && asked.get("EIO") === "4" && asked.get("transport") === "websocket" && !asked.has("sid")
  );
}

/**
 * Says no and is done with it: a connection that is only ended stays open for as long as the other side likes. Browsers
 * show their pages nothing of this answer; a page learns the reason from its next request over HTTP.
 */
export function refuseUpgrade(connection: Duplex, error: Failure): void {
  const text = JSON.stringify({ ok: false, error });
  const length = String(Buffer.byteLength(text));
  const sent = { connection: "close", "content-type": "application/json", "content-length": length };
  const lines = Object.entries({ ...plainHeaders(), ...sent }).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${errorStatus[error.code]} ${error.code}`;
  connection.end(`${status}\r\n${lines.join("")}\r\n${text}`, () => connection.destroy());
}
