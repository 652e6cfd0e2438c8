import { readMigrations } from "../migrate.mjs";
import { PlainError } from "../setup/plain-error.mjs";

/** The migrations that were applied to a database: [{ name, checksum }]. Undefined if Parley never used the database. */
export async function appliedMigrations(client) {
  const { rows } = await client.query(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`);
  if (!rows[0].exists) return undefined;
  const applied = await client.query(
    `SELECT migration_name AS name, checksum FROM "_prisma_migrations"
     WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY migration_name COLLATE "C"`,
  );
  return applied.rows;
}

/** Throws if this program lacks one of the migrations or has it with another checksum. `what` is the subject of the error. */
export function requireKnownMigrations(what, migrations) {
  const ownChecksums = new Map(readMigrations().map(({ name, checksum }) => [name, checksum]));
  const unknown = migrations.find(({ name }) => !ownChecksums.has(name));
  if (unknown)
    throw new PlainError(`${what} is from a newer version of Parley (migration ${unknown.name}). Update this one.`);
  const different = migrations.find(({ name, checksum }) => ownChecksums.get(name) !== checksum);
  if (different)
    throw new PlainError(
      `${what} is from a different Parley. Its migration ${different.name} differs from the one here.`,
    );
}
