import path from "node:path";
import { randomUUID } from "node:crypto";
import { connect } from "../../scripts/setup/database.mjs";
import { freePortFor } from "../../scripts/setup/ports.mjs";
import { startProgram } from "../program.mjs";

const TABLES = `
  CREATE TABLE floor_room (id uuid PRIMARY KEY, clock int NOT NULL DEFAULT 0);
  CREATE TABLE floor_message (
    id uuid PRIMARY KEY, room_id uuid NOT NULL REFERENCES floor_room, author_id uuid NOT NULL, body text NOT NULL,
    seq int NOT NULL, created_at timestamptz(3) NOT NULL DEFAULT now(), UNIQUE (room_id, seq))`;

/** Starts the floor on its own database. Resolves to { pids, databaseUrl, crowd(), stop() }. */
export async function startFloor({ database, folder }) {
  const databaseUrl = await database.create("floor");
  const client = await connect(databaseUrl);
  await client.query(TABLES);
  const port = await freePortFor(`${folder}/floor`);
  const file = path.join(import.meta.dirname, "server.mjs");
  const env = { PORT: String(port), DATABASE_URL: databaseUrl, NODE_ENV: "production" };
  const server = await startProgram(process.execPath, [file], { env });
  return {
    pids: [server.pid],
    databaseUrl,
    output: server.output,
    async stop() {
      await server.stop();
      await client.end();
    },
    async crowd(rooms, members) {
      const ids = Array.from({ length: rooms }, () => randomUUID());
      await client.query("INSERT INTO floor_room (id) SELECT unnest($1::uuid[])", [ids]);
      const member = () => ({ url: `ws://127.0.0.1:${port}`, personId: randomUUID() });
      return ids.map((roomId) => ({ roomId, members: Array.from({ length: members }, member) }));
    },
  };
}
