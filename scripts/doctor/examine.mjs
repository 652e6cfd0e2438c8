import { appliedMigrations } from "../backup/migrations.mjs";
import { quote, readForeignKeys, readTables } from "../backup/tables.mjs";
import { readMigrations } from "../migrate.mjs";
import { connect } from "../setup/database.mjs";
import { checks } from "./checks.mjs";

/** Examines one snapshot of the database. Returns { counts: [{ table, rows }], findings: [sentence] }. */
export async function examine(url) {
  const client = await connect(url);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const migrationFindings = await findDifferentMigrations(client);
    const findings = [...migrationFindings];
    const tables = await readTables(client);
    const counts = [];
    for (const { name } of tables) {
      const { rows } = await client.query(`SELECT count(*)::int AS rows FROM ${quote(name)}`);
      counts.push({ table: name, rows: rows[0].rows });
    }
    for (const key of await readForeignKeys(client)) findings.push(...(await findOrphans(client, key)));
    // The other checks need the tables of this version. They would fail after other migrations.
    for (const check of migrationFindings.length === 0 ? checks : [])
      findings.push(...(await findingsOf(client, check)));
    return { counts, findings };
  } finally {
    await client.end();
  }
}

/** Compares the migrations that were applied to the database with those of this program. */
async function findDifferentMigrations(client) {
  const applied = await appliedMigrations(client);
  if (!applied) return ["The database has no migrations. Parley has never used it."];
  const appliedChecksums = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  const ownMigrations = readMigrations();
  const ownNames = new Set(ownMigrations.map(({ name }) => name));
  return [
    ...ownMigrations
      .filter(({ name }) => !appliedChecksums.has(name))
      .map(({ name }) => `Migration ${name} has not been applied. Start Parley to apply it.`),
    ...ownMigrations
      .filter(({ name, checksum }) => appliedChecksums.has(name) && appliedChecksums.get(name) !== checksum)
      .map(({ name }) => `Migration ${name} was different when it was applied. The tables may differ.`),
    ...applied
      .filter(({ name }) => !ownNames.has(name))
      .map(({ name }) => `Migration ${name} is unknown here. The database is from a newer version of Parley.`),
  ];
}

/** Finds rows whose foreign key refers to a missing row. They exist only if Postgres' checks were off or a disk failed. */
async function findOrphans(client, { table, referenced, pairs }) {
  const isSet = pairs.map(([own]) => `a.${quote(own)} IS NOT NULL`).join(" AND ");
  const matches = pairs.map(([own, other]) => `a.${quote(own)} = b.${quote(other)}`).join(" AND ");
  const columns = pairs.map(([own]) => own).join(", ");
  return findingsOf(client, {
    finding: `rows of ${table} refer to a ${referenced} that does not exist (${columns})`,
    sql: `SELECT a.ctid::text AS id FROM ${quote(table)} a
          WHERE ${isSet} AND NOT EXISTS (SELECT 1 FROM ${quote(referenced)} b WHERE ${matches})`,
  });
}

/** Returns one sentence with the number of damaged rows and their first three ids, or nothing if there are none. */
async function findingsOf(client, { finding, sql }) {
  const { rows } = await client.query(
    `SELECT count(*)::int AS count, (array_agg(id ORDER BY id))[1:3] AS first FROM (SELECT id::text FROM (${sql}) f) g`,
  );
  const { count, first } = rows[0];
  return count === 0 ? [] : [`${count} ${finding}. First: ${first.join(" ")}.`];
}
