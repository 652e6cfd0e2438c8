import pg from "pg";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

/**
 * The database connections of this process, which Prisma also uses. Code may bypass Prisma only if a measurement justifies it
 * (decision 0013). `.dependency-cruiser.mjs` lists the files that may.
 */
export function pool(): pg.Pool {
  return once("pool", () =>
    createPool({
      connectionString: env().databaseUrl,
      max: env().poolSize,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      // Postgres ends a query that takes longer.
      statement_timeout: 30_000,
      // The client gives up if no answer comes, for instance because the database moved without closing the connection.
      query_timeout: env().patienceMs + 5_000,
    }),
  );
}

export function createPool(config: pg.PoolConfig): pg.Pool {
  const connections = new pg.Pool(config);
  // An idle connection that breaks is replaced at its next use.
  connections.on("error", (error) => log().warn({ err: error.message }, "database connection lost"));
  // Without a listener, a connection that breaks between two statements of a transaction would end the process. The error can
  // be ignored, because the next statement fails anyway.
  connections.on("connect", (client) => client.on("error", () => {}));
  // If a query and its ROLLBACK time out, Prisma releases the connection without an error. The query may still be running, and the next
  // user of the connection would wait for it. Its status is then not "I" (no transaction).
  connections.on("release", (_error, client) => {
    if (client.getTransactionStatus() !== "I") void client.end();
  });
  return connections;
}
