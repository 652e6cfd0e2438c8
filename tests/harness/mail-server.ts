// A mail server that keeps what it receives, so that tests read what a person would.
import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

export interface ReceivedMail {
  from: string;
  to: string;
  /** The header and the body as they were sent. */
  source: string;
  /** The plain text and the HTML. */
  text: string;
  html: string;
}

export interface MailServer {
  /** For SMTP_URL. */
  url: string;
  received: ReceivedMail[];
  /** Receivers whom it refuses. */
  refused: Set<string>;
  close(): Promise<void>;
}

/** Starts a mail server on a free port of this machine. It speaks SMTP (RFC 5321) without TLS and sign-in. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const refused = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(socket, { received, refused });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refused,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, { received, refused }: Pick<MailServer, "received" | "refused">): void {
  let unread = "";
  let isData = false;
  let envelope = { from: "", to: "" };
  const say = (line: string) => socket.write(`${line}\r\n`);
  const addressIn = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? "";

  function onCommand(line: string): void {
    const command = line.slice(0, 4).toUpperCase();
    if (command === "EHLO" || command === "HELO") return void say("250 mail.test");
    if (command === "MAIL") {
      envelope = { from: addressIn(line), to: "" };
      return void say("250 OK");
    }
    if (command === "RCPT") {
      envelope.to = addressIn(line);
      return void say(refused.has(envelope.to) ? "550 No such mailbox" : "250 OK");
    }
    if (command === "DATA") {
      isData = true;
      return void say("354 End with a dot");
    }
    if (command === "QUIT") {
      say("221 Bye");
      return void socket.end();
    }
    say("250 OK");
  }

  say("220 mail.test ready");
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    unread += chunk;
    while (true) {
      const end = unread.indexOf(isData ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const part = unread.slice(0, end);
      unread = unread.slice(end + (isData ? 5 : 2));
      if (!isData) onCommand(part);
      else {
        isData = false;
        received.push({ ...envelope, source: part, text: partOf(part, "plain"), html: partOf(part, "html") });
        say("250 Taken");
      }
    }
  });
}

/** The decoded part of this type of a mail. */
function partOf(source: string, type: "plain" | "html"): string {
  const start = source.indexOf(`Content-Type: text/${type}`);
  if (start < 0) return "";
  const [header = "", ...rest] = source.slice(start).split("\r\n\r\n");
  // A wrapped line of the body may begin with "--", too.
  const boundary = /boundary="([^"]+)"/.exec(source)?.[1] ?? "";
  const body = (rest.join("\r\n\r\n").split(`\r\n--${boundary}`)[0] ?? "").replace(/\r\n/g, "\n");
  if (/base64/i.test(header)) return Buffer.from(body, "base64").toString();
  if (!/quoted-printable/i.test(header)) return body;
  const bytes = body
    .replace(/=\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
