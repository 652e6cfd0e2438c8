import { readMigrations } from "../migrate.mjs";
import { PlainError } from "../setup/plain-error.mjs";

/** The migrations applied to a database, [{ name, checksum }]; undefined if Parley never used it. Changes nothing. */
export async function appliedMigrations(client) {
  const { rows } = await client.query(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`);
  if (!rows[0].exists) return undefined;
  const applied = await client.query(
    `SELECT migration_name AS name, checksum FROM "_prisma_migrations"
     WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY migration_name COLLATE "C"`,
  );
  return applied.rows;
}

/** Throws if this program lacks one of the migrations or has it with another checksum. `what` starts the sentence. */
export function requireKnownMigrations(what, migrations) {
  const ours = new Map(readMigrations().map(({ name, checksum }) => [name, checksum]));
  const unknown = migrations.find(({ name }) => !ours.has(name));
  if (unknown)
    throw new PlainError(`${what} is from a newer version of Parley (migration ${unknown.name}). Update this one.`);
  const other = migrations.find(({ name, checksum }) => ours.get(name) !== checksum);
  if (other)
    throw new PlainError(`${what} is from a different Parley. Its migration ${other.name} differs from the one here.`);
}
