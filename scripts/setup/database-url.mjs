import { PlainError } from "./plain-error.mjs";

/** Parses DATABASE_URL. Removes `?schema=public`, which only Prisma understands. Throws a PlainError if the URL is not usable. */
export function parseDatabaseUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["postgres:", "postgresql:"].includes(url.protocol) || !url.hostname || url.pathname.length < 2) {
    throw new PlainError("DATABASE_URL must look like postgresql://user:password@host:5432/parley.");
  }
  if ((url.searchParams.get("schema") ?? "public") !== "public") {
    throw new PlainError(
      "DATABASE_URL names a schema other than public. Leave out ?schema= and give Parley a database of its own.",
    );
  }
  url.searchParams.delete("schema");
  return { url, database: decodeURIComponent(url.pathname.slice(1)) };
}
