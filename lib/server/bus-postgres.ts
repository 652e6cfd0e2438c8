import pg from "pg";
import type { BusConnect } from "./bus-connection";
import { env } from "./env";
import { log } from "./log";

/** Our own words come back to us; when they do not for so long, the connection is dead and does not know it. */
const silentMs = 10_000;
const retryMs = 1_000;

/** Postgres as the bus: LISTEN and NOTIFY on one connection of its own, made again whenever it is lost. */
export const connectPostgres: BusConnect = ({ channel, heard, connected }) => {
  let client: pg.Client | null = null;
  let closed = false;
  let heardAt = performance.now();
  const watch = setInterval(() => {
    if (client && performance.now() - heardAt > silentMs) lost(client, "silent");
  }, 1_000).unref();

  async function connect(): Promise<void> {
    if (closed) return;
    const made = new pg.Client({
      connectionString: env().databaseUrl,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    made.on("error", (error) => lost(made, error.message));
    made.on("end", () => lost(made, "ended"));
    made.on("notification", ({ payload }) => {
      heardAt = performance.now();
      if (payload) heard(payload.slice(payload.indexOf(" ") + 1));
    });
    try {
      await made.connect();
      await made.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      heardAt = performance.now();
      client = made;
      connected();
    } catch (error) {
      made.end().catch(() => {});
      log().warn({ err: String(error) }, "no connection to other processes");
      setTimeout(() => void connect(), retryMs).unref();
    }
  }
  function lost(which: pg.Client, why: string): void {
    if (client !== which) return;
    client = null;
    which.end().catch(() => {});
    if (closed) return;
    log().warn({ why }, "connection to other processes lost");
    setTimeout(() => void connect(), retryMs).unref();
  }
  void connect();

  return {
    async send(texts) {
      if (!client) throw new Error("not connected");
      // Of notifications that read the same Postgres tells a transaction's first alone: numbered, none does.
      const text = `SELECT pg_notify($1, n || ' ' || text) FROM unnest($2::text[]) WITH ORDINALITY AS said(text, n) ORDER BY n`;
      await client.query(text, [channel, texts]);
    },
    async close() {
      closed = true;
      clearInterval(watch);
      await client?.end();
    },
  };
};
