import pg from "pg";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

/**
 * The database connections of this process. Prisma uses them, too. A statement that bypasses Prisma needs a figure that
 * says why: decision 0013. `.dependency-cruiser.mjs` lists the files that have one.
 */
export function pool(): pg.Pool {
  return once("pool", () => {
    const connections = new pg.Pool({
      connectionString: env().databaseUrl,
      max: env().poolSize,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      // Postgres ends a query that takes longer.
      statement_timeout: 30_000,
      // And this ends one whose answer never comes, as when the database moved without closing the connection.
      query_timeout: 35_000,
    });
    // An idle connection that breaks is replaced at its next use.
    connections.on("error", (error) => log().warn({ err: error.message }, "database connection lost"));
    // A connection that breaks between two statements of a transaction would end the process. The next statement fails
    // anyway.
    connections.on("connect", (client) => client.on("error", () => {}));
    return connections;
  });
}
