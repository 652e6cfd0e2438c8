import pg from "pg";
import { parseDatabaseUrl } from "./database-url.mjs";
import { PlainError } from "./plain-error.mjs";

/**
 * Connects to `databaseUrl`, or to another `database` on the same server. If that fails, throws a PlainError with the reason but
 * without the password. If the database does not exist, throws Postgres' own error (code 3D000).
 */
export async function connect(databaseUrl, database) {
  const { url } = parseDatabaseUrl(databaseUrl);
  const fullUrl = new URL(url);
  if (database) fullUrl.pathname = `/${encodeURIComponent(database)}`;
  const client = new pg.Client({ connectionString: fullUrl.toString(), connectionTimeoutMillis: 5_000 });
  client.on("error", () => {}); // a connection lost between statements fails the next statement anyway
  try {
    await client.connect();
  } catch (error) {
    if (error.code === "3D000") throw error; // the caller may create the database
    const sentence = `Can't use the database at ${url.host}: ${reasonOf(error)}. Check DATABASE_URL.`;
    throw Object.assign(new PlainError(sentence), { code: error.code });
  }
  // Prisma's statements name the schema. Ours use the search path, which must lead to the same tables.
  const { rows } = await client.query("SELECT current_schema() AS schema");
  if (rows[0].schema === "public") return client;
  await client.end();
  throw new PlainError(
    `The database at ${url.host} uses the schema "${rows[0].schema}" instead of public. Change the search_path of its user.`,
  );
}

function reasonOf(error) {
  if (error.code === "ECONNREFUSED") return "nothing answers there";
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN") return "there is no such host";
  if (error.code === "28P01" || error.code === "28000") return "it rejects this user or password";
  return (error.message || error.code || "no answer").replace(/\.$/, "");
}

/** Connects to a database and creates it if it is missing. */
export async function connectOrCreate(databaseUrl) {
  try {
    return await connect(databaseUrl);
  } catch (error) {
    if (error.code !== "3D000") throw error;
  }
  const { database } = parseDatabaseUrl(databaseUrl);
  const admin = await connect(databaseUrl, "postgres").catch(() => {});
  try {
    // Fails if another start has just created the database. So this error is ignored, and only the connection below counts.
    await admin?.query(`CREATE DATABASE ${admin.escapeIdentifier(database)}`).catch(() => {});
    return await connect(databaseUrl);
  } catch {
    throw new PlainError(`The database "${database}" doesn't exist and couldn't be created. Create it first.`);
  } finally {
    await admin?.end();
  }
}

/** Whether Parley has not been set up yet. */
export async function hasNoOrganization(databaseUrl) {
  const client = await connect(databaseUrl);
  try {
    return (await client.query('SELECT 1 FROM "Organization" LIMIT 1')).rowCount === 0;
  } finally {
    await client.end();
  }
}
