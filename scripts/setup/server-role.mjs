// Parley's own PostgreSQL has two roles. The role that initdb created owns the tables. It migrates, backs up and restores. The
// server uses the other role, which can only read and write rows (decision 0019).
import { connect } from "./database.mjs";

const ROLE = "parley_server";

/** Creates or repairs the server's role and its rights. Call it after the migrations. Resolves to the URL for the server. */
export async function setUpServerRole(ownerUrl, password) {
  const client = await connect(ownerUrl);
  try {
    await client.query("BEGIN");
    const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [ROLE]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${ROLE}`);
    await client.query(
      `ALTER ROLE ${ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`,
    );
    const { rows } = await client.query(
      `SELECT quote_ident(nspname) AS schema, quote_ident(current_database()) AS database FROM pg_namespace
       WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'`,
    );
    await client.query(`REVOKE CREATE, TEMPORARY ON DATABASE ${rows[0].database} FROM PUBLIC`);
    for (const { schema } of rows) {
      await client.query(`REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC`);
      await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${ROLE}`);
      await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${ROLE}`);
      await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${ROLE}`);
    }
    await client.query(
      `REVOKE ALL ON "_prisma_migrations" FROM ${ROLE}; GRANT SELECT ON "_prisma_migrations" TO ${ROLE}`,
    );
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
  return Object.assign(new URL(ownerUrl), { username: ROLE, password: encodeURIComponent(password) }).href;
}
