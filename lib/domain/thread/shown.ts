import { Prisma } from "@/lib/server/db";

/** SQL: whether the log of the room shows this message. It is in exactly the words of a partial index. */
// oxlint-disable-next-line no-restricted-properties -- the alias is fixed
export const isShownInRoom = (alias: string) => Prisma.raw(`(${alias}."threadId" IS NULL OR ${alias}."alsoInRoom")`);
