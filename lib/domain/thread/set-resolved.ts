import { resolveThread } from "@/lib/contract/thread";
import { mayChangeThread } from "@/lib/policy/message";
import { handle } from "@/lib/server/handler";
import { aboutOf, changeAbout, findThreadToChange } from "./about";

export default handle(resolveThread, {
  load: ({ tx, actor, input }) => findThreadToChange(tx, actor, input.threadId),
  allow: ({ actor, subject }) => mayChangeThread(actor, subject.room, subject.membership, subject.first),
  async run({ tx, actor, input, subject, announce }) {
    const before = aboutOf(subject);
    const resolved = input.isResolved
      ? {
          resolvedAt: before.resolvedAt ?? new Date().toISOString(),
          resolvedById: before.resolvedById ?? actor.personId,
        }
      : { resolvedAt: null, resolvedById: null };
    return changeAbout(tx, actor, subject, { about: { ...before, ...resolved }, announce });
  },
});
