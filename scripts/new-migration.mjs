// npm run db:migrate -- name     writes prisma/migrations/<time>_<name>/migration.sql from the changes in the schema
// npm run db:check               fails if the schema and the migrations differ
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { migrate } from "./migrate.mjs";
import { diffSql } from "./schema-engine.mjs";
import { exitWith, PlainError } from "./setup/plain-error.mjs";
import { startTemporaryPostgres } from "./setup/temporary-postgres.mjs";

const root = path.dirname(import.meta.dirname);
const checking = process.argv[2] === "--check";
const name = process.argv[2] ?? "";

async function main() {
  if (!checking && !/^[a-z0-9_]+$/.test(name)) {
    throw new PlainError("Give the migration a lowercase name: npm run db:migrate -- add_room_topic");
  }
  const sql = await missingSql();
  if (checking && sql) throw new PlainError(`prisma/schema.prisma and the migrations differ:\n${sql}`);
  if (checking) return;
  if (!sql) throw new PlainError("Nothing to do. The migrations already match prisma/schema.prisma.");

  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const file = path.join(root, "prisma/migrations", `${time}_${name}`, "migration.sql");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, sql);
  console.log(`Wrote ${path.relative(process.cwd(), file)}: read it before the next start, which applies it.`);
}

/** The SQL that the migrations lack to match the schema. Applies the migrations to a temporary database to find out. */
async function missingSql() {
  const postgres = await startTemporaryPostgres();
  try {
    await migrate(postgres.url);
    return await diffSql(postgres.url, path.join(root, "prisma/schema.prisma"));
  } finally {
    await postgres.stop();
  }
}

await main().catch(exitWith);
