import { appliedMigrations } from "../backup/migrations.mjs";
import { quote, readForeignKeys, readTables } from "../backup/tables.mjs";
import { readMigrations } from "../migrate.mjs";
import { connect } from "../setup/database.mjs";
import { checks } from "./checks.mjs";

/** Examines one snapshot of the database: { counts: [{ table, rows }], findings: [sentence] }. */
export async function examine(url) {
  const client = await connect(url);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const migrations = await differentMigrations(client);
    const findings = [...migrations];
    const tables = await readTables(client);
    const counts = [];
    for (const { name } of tables) {
      const { rows } = await client.query(`SELECT count(*)::int AS rows FROM ${quote(name)}`);
      counts.push({ table: name, rows: rows[0].rows });
    }
    for (const key of await readForeignKeys(client)) findings.push(...(await findOrphans(client, key)));
    // The other checks expect the tables of our migrations, and would fail with others.
    for (const check of migrations.length === 0 ? checks : []) findings.push(...(await findingsOf(client, check)));
    return { counts, findings };
  } finally {
    await client.end();
  }
}

async function differentMigrations(client) {
  const applied = await appliedMigrations(client);
  if (!applied) return ["The database has no migrations. Parley has never used it."];
  const found = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  const ours = readMigrations();
  const ourNames = new Set(ours.map(({ name }) => name));
  return [
    ...ours
      .filter(({ name }) => !found.has(name))
      .map(({ name }) => `Migration ${name} has not been applied. Start Parley to apply it.`),
    ...ours
      .filter(({ name, checksum }) => found.has(name) && found.get(name) !== checksum)
      .map(({ name }) => `Migration ${name} was different when it was applied. The tables may differ.`),
    ...applied
      .filter(({ name }) => !ourNames.has(name))
      .map(({ name }) => `Migration ${name} is unknown here. The database is from a newer version of Parley.`),
  ];
}

/** Rows whose foreign key refers to a missing row. Postgres prevents them unless its checks were off or a disk failed. */
async function findOrphans(client, { table, referenced, pairs }) {
  const isSet = pairs.map(([own]) => `a.${quote(own)} IS NOT NULL`).join(" AND ");
  const matches = pairs.map(([own, other]) => `a.${quote(own)} = b.${quote(other)}`).join(" AND ");
  const columns = pairs.map(([own]) => own).join(", ");
  return findingsOf(client, {
    say: `rows of ${table} refer to a ${referenced} that does not exist (${columns})`,
    sql: `SELECT a.ctid::text AS id FROM ${quote(table)} a
          WHERE ${isSet} AND NOT EXISTS (SELECT 1 FROM ${quote(referenced)} b WHERE ${matches})`,
  });
}

/** Returns one sentence with the count and the first three rows if the statement finds any. */
async function findingsOf(client, { say, sql }) {
  const { rows } = await client.query(
    `SELECT count(*)::int AS count, (array_agg(id ORDER BY id))[1:3] AS first FROM (SELECT id::text FROM (${sql}) f) g`,
  );
  const { count, first } = rows[0];
  return count === 0 ? [] : [`${count} ${say}. First: ${first.join(" ")}.`];
}
