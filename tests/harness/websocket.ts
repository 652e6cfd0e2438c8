/** A piece of the bytes that a server sends on one connection. `text` is set if it is a WebSocket message. */
export interface Piece {
  bytes: Buffer;
  text: string | null;
}

/** Splits the bytes that a server sends into the head of its answer and, after an upgrade, WebSocket messages. */
export function cutter(): (bytes: Buffer) => Piece[] {
  let upgraded = false;
  let rest = Buffer.alloc(0);
  return (bytes) => {
    const pieces: Piece[] = [];
    const cut = (size: number, text: string | null) => {
      if (size > 0) pieces.push({ bytes: rest.subarray(0, size), text });
      rest = rest.subarray(size);
    };
    rest = Buffer.concat([rest, bytes]);
    if (!upgraded) {
      const end = rest.indexOf("\r\n\r\n");
      upgraded = end >= 0 && rest.toString("latin1", 0, 12) === "HTTP/1.1 101";
      cut(upgraded ? end + 4 : rest.length, null);
    }
    for (let size = sizeOf(rest); upgraded && size && rest.length >= size.all; size = sizeOf(rest)) {
      cut(size.all, rest.toString("utf8", size.head, size.all));
    }
    return pieces;
  };
}

/** The sizes in bytes of a WebSocket message and its head, or null until the head is complete. Servers do not mask. */
function sizeOf(bytes: Buffer): { head: number; all: number } | null {
  const short = (bytes[1] ?? 0) & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return null;
  const body = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return { head, all: head + body };
}
