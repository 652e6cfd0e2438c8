import { defineConfig } from "prisma/config";

// The command line would download a native engine that `generate` never runs: any file that exists satisfies it.
// Migrations are made and applied by scripts/new-migration.mjs and scripts/migrate.mjs.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= import.meta.filename;
process.env.CHECKPOINT_DISABLE ??= "1";
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= "1";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
