import pg from "pg";
import type { BusConnect } from "./bus-connection";
import { env } from "./env";
import { log } from "./log";

/** Each process receives its own heartbeats. If nothing arrives for this long, the connection has failed without an error. */
const maxSilenceMs = 10_000;
const retryMs = 1_000;

/** Postgres as the bus: LISTEN and NOTIFY on a connection of its own, which reconnects by itself. */
export const connectPostgres: BusConnect = ({ channel, onMessage, onConnect }) => {
  let client: pg.Client | null = null;
  let isClosed = false;
  let receivedAt = performance.now();
  const silenceTimer = setInterval(() => {
    if (client && performance.now() - receivedAt > maxSilenceMs) reconnectAfter(client, "silent");
  }, 1_000).unref();

  async function connect(): Promise<void> {
    if (isClosed) return;
    const connecting = new pg.Client({
      connectionString: env().databaseUrl,
      connectionTimeoutMillis: 5_000,
      // Without this timeout, a connection whose LISTEN gets no answer would never be replaced: `silenceTimer` only checks
      // `client`.
      query_timeout: 5_000,
      keepAlive: true,
    });
    connecting.on("error", (error) => reconnectAfter(connecting, error.message));
    connecting.on("end", () => reconnectAfter(connecting, "ended"));
    connecting.on("notification", ({ payload }) => {
      receivedAt = performance.now();
      // `send` puts a number and a space before the text.
      if (payload) onMessage(payload.slice(payload.indexOf(" ") + 1));
    });
    try {
      await connecting.connect();
      await connecting.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      if (isClosed) return void connecting.end().catch(() => {});
      receivedAt = performance.now();
      client = connecting;
      onConnect();
    } catch (error) {
      connecting.end().catch(() => {});
      log().warn({ err: String(error) }, "no connection to other processes");
      setTimeout(() => void connect(), retryMs).unref();
    }
  }
  /** Call it when a connection has failed. */
  function reconnectAfter(failed: pg.Client, why: string): void {
    if (client !== failed) return;
    client = null;
    failed.end().catch(() => {});
    if (isClosed) return;
    log().warn({ why }, "connection to other processes lost");
    setTimeout(() => void connect(), retryMs).unref();
  }
  void connect();

  return {
    async send(texts) {
      if (!client) throw new Error("not connected");
      // Postgres drops a notification if the same transaction sent the same text before. The numbers make each text different.
      const sql = `SELECT pg_notify($1, n || ' ' || text) FROM unnest($2::text[]) WITH ORDINALITY AS message(text, n) ORDER BY n`;
      await client.query(sql, [channel, texts]);
    },
    async close() {
      isClosed = true;
      clearInterval(silenceTimer);
      await client?.end();
    },
  };
};
