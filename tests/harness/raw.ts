import { connect } from "node:net";
import { within } from "./server";

/** Writes raw text to the server and resolves to everything it sends before it closes the connection. */
export function raw(server: { port: number }, text: string): Promise<string> {
  const received = new Promise<string>((resolve, reject) => {
    let answer = "";
    const socket = connect(server.port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8").on("data", (part: string) => {
      answer += part;
    });
    socket.on("error", reject).on("close", () => resolve(answer));
  });
  return within(
    10_000,
    received,
    () => `The server kept the connection open after ${JSON.stringify(text.slice(0, 200))}`,
  );
}

/** An HTTP/1.1 request as text. */
export function request(line: string, headers: Record<string, string>, body = ""): string {
  const lines = Object.entries({ connection: "close", "content-length": String(body.length), ...headers });
  return `${line} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}
