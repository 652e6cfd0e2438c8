// Records, on a tab's connection, every packet that a server writes to its socket.
import type { Frame, OrganizationFrame, PresenceEvent } from "@/lib/contract/events";
import type { Message, MessagePage } from "@/lib/contract/message";
import { cutter } from "../harness/websocket";
import type { Connection, Journal, Received } from "./journal";
import type { Tap } from "./link";

type Who = Pick<Connection, "tab" | "personId" | "organizationId" | "sessionId" | "port">;

/** Records the events of one connection. A connection that does not become a socket is left out. */
export function recordSocket(journal: Journal, who: Who): Tap {
  const cut = cutter();
  let connection: Connection | null = null;
  return {
    read(bytes) {
      for (const { text } of cut(bytes)) {
        if (text === null) continue;
        if (!connection) {
          connection = begin(journal, who, "socket");
          journal.note(`${who.tab}: socket ${connection.number} opened to ${who.port}`);
        }
        try {
          connection.received.push(
            ...parsePacket(text).map((event) => ({ ...event, at: journal.now(), clock: Date.now() })),
          );
        } catch (error) {
          journal.violation(
            "--",
            `${who.tab} received a packet that cannot be parsed: ${String(error)}`,
            text.slice(0, 2_000),
          );
        }
      }
    },
    closed(by) {
      if (!connection) return;
      connection.closedAt = journal.now();
      connection.closedBy = by;
      journal.note(`${who.tab}: socket ${connection.number} closed by ${by === "far" ? "the server" : "the client"}`);
    },
  };
}

/** Records the answers that a page gets over HTTP when it catches up or loads a log. */
export function recordAnswers(journal: Journal, who: Who): (url: string, body: string) => void {
  const answers = begin(journal, who, "http");
  return (url, body) => {
    if (!/\/api\/(sync$|rooms\/[^/]+\/messages)/.test(url)) return;
    answers.received.push(
      ...parsePacket(`43[${body}]`).map((event) => ({ ...event, at: journal.now(), clock: Date.now() })),
    );
  };
}

function begin(journal: Journal, who: Who, kind: Connection["kind"]): Connection {
  const number = journal.connections.length;
  const connection = { ...who, kind, number, openedAt: journal.now(), closedAt: null, closedBy: null, received: [] };
  journal.connections.push(connection);
  return connection;
}

type Parsed = Omit<Received, "at" | "clock">;
const nothing: Parsed = { event: "", roomId: null, from: 0, to: 0, rows: [], reactedTo: [], names: [], offline: [] };

/** An event is `42[name,data]`, an acknowledgement `43<id>[answer]`; see the protocol of Socket.IO. */
function parsePacket(text: string): Parsed[] {
  if (text.startsWith("42[")) {
    const [event, data] = JSON.parse(text.slice(2)) as [string, never];
    return [{ ...nothing, event, ...detailsOf(event, data) }];
  }
  const prefix = /^43\d*(?=\[)/.exec(text);
  if (!prefix || !/"(rooms|messages|changedSeq)"/.test(text)) return [];
  const [{ data }] = JSON.parse(text.slice(prefix[0].length)) as [
    { data?: { rooms?: object } & Partial<MessagePage> & Partial<Message> },
  ];
  const rooms = data?.rooms;
  // The answer to a send, an edit or a deletion.
  if (data?.seq !== undefined && data.body !== undefined)
    return [{ ...nothing, event: "message", rows: [placeOf(data as Message)] }];
  if (data?.messages && data.clock !== undefined) return [pageOf(data as MessagePage)];
  return rooms && !Array.isArray(rooms) ? Object.entries(rooms).flatMap(([id, answer]) => catchUp(id, answer)) : [];
}

function detailsOf(event: string, data: never): Partial<Parsed> {
  if (event === "frame") {
    return logOf(data);
  }
  if (event === "me") {
    const { changes } = data as { changes: { roomId?: string; entry?: { room: { id: string } } }[] };
    return { names: changes.flatMap(({ roomId, entry }) => roomId ?? entry?.room.id ?? []) };
  }
  if (event === "presence") {
    const { people } = data as PresenceEvent;
    return { names: Object.keys(people), offline: Object.keys(people).filter((id) => people[id] === null) };
  }
  if (event === "typing") {
    const { roomId, personId } = data as { roomId: string; personId: string };
    return { names: [roomId, personId] };
  }
  if (event === "organization") return { names: (data as OrganizationFrame).people.map(({ id }) => id) };
  return {};
}

function catchUp(roomId: string, answer: { kind?: string }): Parsed[] {
  if (answer.kind === "delta") {
    return [{ ...nothing, event: "sync", ...logOf({ ...(answer as unknown as Frame), roomId }) }];
  }
  return [];
}

function logOf({ roomId, from, to, rows, reactions = [] }: Frame) {
  return { roomId, from, to, rows: rows.map(placeOf), reactedTo: reactions.map(({ messageSeq }) => messageSeq) };
}

function pageOf({ messages, clock }: MessagePage): Parsed {
  return { ...nothing, event: "page", roomId: messages[0]?.roomId ?? null, to: clock, rows: messages.map(placeOf) };
}

const placeOf = ({ id, roomId, seq, changedSeq, authorId, body }: Message) => {
  return { id, roomId, seq, changedSeq, authorId, body };
};
