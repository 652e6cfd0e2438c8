import { isDeepStrictEqual } from "node:util";
import type { Message } from "@/lib/contract/message";
import type { ThreadAbout } from "@/lib/contract/thread-summary";
import { messageFor } from "@/lib/domain/message/addressed";
import { toMessage } from "@/lib/domain/message/to-message";
import { tick } from "@/lib/domain/room/clock";
import type { Actor } from "@/lib/server/actor";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { findThreadFor } from "./find";

const nothing: ThreadAbout = { title: null, resolvedAt: null, resolvedById: null };

/** Finds a thread to change, and locks its room. Null if the actor does not see its first message, or if it has no replies. */
export async function findThreadToChange(tx: Tx, actor: Actor, threadId: string) {
  const found = await findThreadFor(tx, actor, threadId, { lock: true });
  if (
    !found?.first ||
    !(await tx.message.findFirst({ where: { organizationId: actor.organizationId, threadId }, select: { id: true } }))
  )
    return null;
  return { ...found, first: found.first };
}
type ThreadToChange = NonNullable<Awaited<ReturnType<typeof findThreadToChange>>>;

export const aboutOf = ({ first }: ThreadToChange): ThreadAbout => toMessage(first).thread ?? nothing;

/** Changes what is said of a thread, with a tick of its first message, unless it is the same. Returns that message, as the actor sees it. */
export async function changeAbout(
  tx: Tx,
  { personId }: Actor,
  subject: ThreadToChange,
  { about, announce }: { about: ThreadAbout; announce: Announce },
): Promise<Message> {
  const { room, first } = subject;
  if (isDeepStrictEqual(about, aboutOf(subject))) return messageFor(tx, personId, first);
  const { organizationId, id } = first;
  const changed = await tx.message.update({
    where: { organizationId_id: { organizationId, id } },
    data: { thread: isDeepStrictEqual(about, nothing) ? Prisma.DbNull : about, changedSeq: await tick(tx, room.id) },
  });
  announce.room(room.id);
  return messageFor(tx, personId, changed);
}
