import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { errorStatus, type Failure } from "@/lib/contract/errors";
import { countRequest, partyOf } from "./admission";
import { AppError } from "./app-error";
import { plainHeaders } from "./headers";
import { isDraining } from "./health";
import { isOwnOrigin } from "./origin";

/** Throws why a connection may not become a WebSocket. Every upgrade to a socket is judged here. */
export async function mayUpgrade(request: IncomingMessage): Promise<void> {
  if (!isHandshake(request.url ?? "")) throw new AppError("invalid_input");
  // A browser sends cookies with a handshake from any page: only our own pages may open one.
  if (!isOwnOrigin(request)) throw new AppError("forbidden");
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

/** Says no and is done with it: a connection that is only ended stays open for as long as the other side likes. */
export function refuseUpgrade(connection: Duplex, { code }: Failure): void {
  const headers = { ...plainHeaders(), connection: "close", "content-length": "0" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.end(`HTTP/1.1 ${errorStatus[code]} ${code}\r\n${lines.join("")}\r\n`, () => connection.destroy());
}
