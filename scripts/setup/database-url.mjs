import { PlainError } from "./plain-error.mjs";

/** A database address in parts; Prisma's own `?schema=` is split off. Refuses what is not an address in a sentence. */
export function parseDatabaseUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["postgres:", "postgresql:"].includes(url.protocol) || !url.hostname || url.pathname.length < 2) {
    throw new PlainError("DATABASE_URL must look like postgresql://user:password@host:5432/parley.");
  }
  const schema = url.searchParams.get("schema") ?? "public";
  url.searchParams.delete("schema");
  return { url, schema, database: decodeURIComponent(url.pathname.slice(1)) };
}
