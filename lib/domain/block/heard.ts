import { Prisma } from "@/lib/server/db";

/**
 * The entries of somebody who blocks people pass over at most this many messages. Otherwise somebody who is blocked could slow them
 * down with many messages.
 */
export const mostPassedOver = 5_000;

/**
 * SQL, to join: whether a person blocks anybody (`blocks.exist`), the tick of the list (`blocks.tick`), and that of their groups
 * (`blocks."groupsTick"`). For one given person, Postgres reads it once for all rows.
 */
export const blocksOf = (person: Prisma.Sql) => Prisma.sql`CROSS JOIN LATERAL (SELECT ${person} AS "personId",
  EXISTS (SELECT 1 FROM "Block" b WHERE b."blockerId" = ${person}) AS exist,
  coalesce((SELECT log."blocksTick" FROM "PersonLog" log WHERE log."personId" = ${person}), 0) AS tick,
  coalesce((SELECT log."groupsTick" FROM "PersonLog" log WHERE log."personId" = ${person}), 0) AS "groupsTick" OFFSET 0) blocks`;

/** SQL, to join to membership `m`: the blocks of its person. */
export const withBlocks = blocksOf(Prisma.sql`m."personId"`);

/** SQL: whether the person does not block this author. Bots and webhooks have no author. Needs `withBlocks`. */
export const isHeard = (authorId: Prisma.Sql) => Prisma.sql`(NOT blocks.exist OR NOT EXISTS (
  SELECT 1 FROM "Block" b WHERE b."blockerId" = blocks."personId" AND b."blockedId" = ${authorId}))`;

/** SQL: the same for one person and one author. It decides what the person follows, which only they learn. */
export const hearsText = (person: string, author: string): string =>
  `(SELECT b."createdAt" FROM "Block" b WHERE b."blockerId" = ${person} AND b."blockedId" = ${author}) IS NULL`;

/** SQL: how many messages are read to find `limit` by people who are not blocked. Needs `withBlocks`. */
export const readFor = (limit: number) =>
  Prisma.sql`CASE WHEN blocks.exist THEN ${limit + mostPassedOver}::int ELSE ${limit}::int END`;
