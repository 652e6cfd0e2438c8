import type { AskLink } from "@/lib/contract/join-request";
import type { Prisma } from "@/lib/server/db";

export const linkFields = { creator: { select: { id: true, name: true } } } satisfies Prisma.AskLinkInclude;

export function toAskLink({ creator, createdAt }: Prisma.AskLinkGetPayload<{ include: typeof linkFields }>): AskLink {
  return { creator, createdAt: createdAt.toISOString() };
}
