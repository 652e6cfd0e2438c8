import pg from "pg";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

/**
 * The database connections of this process, which Prisma shares. Bypassing Prisma needs a measurement that justifies it
 * (decision 0013). `.dependency-cruiser.mjs` lists the files that may.
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
      // The client gives up on an answer that never comes, for instance after the database moved without closing the connection.
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
