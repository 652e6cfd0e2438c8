// The floor: the minimum that does the whole job. One statement stores all messages that arrived in the meantime in PostgreSQL,
// ordered by one clock per room. They are acknowledged after the commit and broadcast in one frame per room, written as the same
// bytes to every member. There is no authentication, no limit and no unread count.
import { createServer } from "node:http";
import pg from "pg";
import { Sender, WebSocketServer } from "ws";

const MAX_BATCH = 256;
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();

const text = `
  WITH incoming AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])
      WITH ORDINALITY AS g(id, room, author, body, place)),
  steps AS (SELECT g.*, (row_number() OVER (PARTITION BY g.room ORDER BY g.place))::int AS step FROM incoming g),
  moved AS (
    UPDATE floor_room r SET clock = r.clock + c.steps
    FROM (SELECT room, max(step) AS steps FROM steps GROUP BY room) c WHERE r.id = c.room
    RETURNING r.id, r.clock - c.steps AS clock_before)
  INSERT INTO floor_message (id, room_id, author_id, body, seq)
  SELECT s.id, s.room, s.author, s.body, m.clock_before + s.step FROM steps s JOIN moved m ON m.id = s.room
  ORDER BY s.room, s.step
  RETURNING id, seq, created_at`;

const rooms = new Map();
const waiting = [];
let running = false;

async function run() {
  while (waiting.length > 0) {
    const batch = waiting.splice(0, MAX_BATCH);
    const column = (name) => batch.map((one) => one[name]);
    const values = [column("id"), column("roomId"), column("authorId"), column("body")];
    const { rows } = await client.query({ name: "append", text: text, values });
    const stored = new Map(rows.map((row) => [row.id, row]));
    const byRoom = new Map();
    for (const { id, roomId, authorId, body, socket } of batch) {
      const { seq, created_at: createdAt } = stored.get(id);
      if (!byRoom.has(roomId)) byRoom.set(roomId, []);
      byRoom.get(roomId).push({ id, authorId, body, seq, createdAt });
      socket.send(`{"stored":"${id}"}`);
    }
    for (const [roomId, messages] of byRoom) broadcast(roomId, messages);
  }
  running = false;
}

function broadcast(roomId, messages) {
  const frame = { roomId, from: messages[0].seq - 1, to: messages.at(-1).seq, rows: messages };
  const bytes = Buffer.from(JSON.stringify(frame));
  const parts = Sender.frame(bytes, { fin: true, opcode: 1, mask: false, readOnly: true, rsv1: false });
  const whole = Buffer.concat(parts);
  for (const socket of rooms.get(roomId)) socket._socket.write(whole);
}

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, skipUTF8Validation: true });
sockets.on("connection", (socket, request) => {
  const query = new URL(request.url, "http://floor").searchParams;
  const [roomId, authorId] = [query.get("room"), query.get("person")];
  if (!rooms.has(roomId)) rooms.set(roomId, new Set());
  rooms.get(roomId).add(socket);
  socket.on("close", () => rooms.get(roomId).delete(socket));
  socket.on("message", (/** @type {Buffer} */ bytes) => {
    const { id, body } = JSON.parse(bytes.toString("utf8"));
    waiting.push({ id, roomId, authorId, body, socket });
    if (running) return;
    running = true;
    setImmediate(() => void run());
  });
});
http.listen(Number(process.env.PORT), "127.0.0.1", () => process.send({ type: "ready" }));
for (const end of ["disconnect", "SIGTERM"]) process.on(end, () => process.exit(0));
