/** A piece of the bytes that one side sends on one connection. `text` is set if it is a WebSocket message. */
export interface Piece {
  bytes: Buffer;
  text: string | null;
}

const upgradeOf = { server: /^HTTP\/1\.1 101/, client: /^GET [^]*\r\nupgrade: *websocket\r\n/i };

/** Splits the bytes that one side sends into the head of its request or answer and, after an upgrade, WebSocket messages. */
export function cutter(side: "server" | "client" = "server"): (bytes: Buffer) => Piece[] {
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
      upgraded = end >= 0 && upgradeOf[side].test(rest.toString("latin1", 0, end + 2));
      cut(upgraded ? end + 4 : rest.length, null);
    }
    for (let size = sizeOf(rest); upgraded && size && rest.length >= size.all; size = sizeOf(rest)) {
      cut(size.all, textOf(rest, size));
    }
    return pieces;
  };
}

/** The sizes in bytes of a WebSocket message and its head, or null until the head is complete. Only clients mask. */
function sizeOf(bytes: Buffer): { head: number; all: number } | null {
  const short = (bytes[1] ?? 0) & 0x7f;
  const length = short < 126 ? 2 : short === 126 ? 4 : 10;
  const head = length + (isMasked(bytes) ? 4 : 0);
  if (bytes.length < head) return null;
  const body = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return { head, all: head + body };
}

const isMasked = (bytes: Buffer) => ((bytes[1] ?? 0) & 0x80) !== 0;

function textOf(bytes: Buffer, { head, all }: { head: number; all: number }): string {
  if (!isMasked(bytes)) return bytes.toString("utf8", head, all);
  const mask = bytes.subarray(head - 4, head);
  return Buffer.from(bytes.subarray(head, all).map((byte, at) => byte ^ (mask[at % 4] ?? 0))).toString("utf8");
}
