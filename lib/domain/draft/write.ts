import { type Draft, writeDraft } from "@/lib/contract/draft";
import { limits } from "@/lib/contract/limits";
import { lockPersonLog } from "@/lib/domain/person/lock-log";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { canBeginDraft, countDrafts, noDraft, startOf, wholeDraft } from "./drafts";

export default handle(writeDraft, {
  async load({ tx, actor, input }) {
    await lockPersonLog(tx, actor.personId);
    const stored = await wholeDraft(tx, actor.personId, input);
    // Somebody who has left the room, or whose room was deleted, still changes and removes the draft that they have there.
    return stored || (await canBeginDraft(tx, actor, input))
      ? { stored, current: stored?.draft ?? noDraft(input, input.id) }
      : null;
  },
  allow: () => yes,
  async run({ tx, actor: { personId, organizationId }, input, subject: { stored, current }, announce }) {
    const { roomId, threadId, id, baseTick } = input;
    // A write that is late, because the message was sent meanwhile. It must not bring the text back.
    const sent = await tx.message.findFirst({
      where: { organizationId, id, authorId: personId },
      select: { id: true },
    });
    if (sent && current.id !== id) return startOf(current);
    const text = sent ? "" : input.text;
    if (text === "" ? (stored?.isStoredEmpty ?? true) : text === current.text && id === current.id)
      return startOf(current);
    if (current.text !== "" && current.tick !== baseTick)
      throw new AppError("conflict", "This draft was changed on another device.");
    if (current.text === "" && text !== "" && (await countDrafts(tx, personId)) >= limits.drafts)
      throw new AppError("conflict", `You have ${limits.drafts} drafts already. Send or delete one first.`);
    const data = { id, text, updatedAt: new Date() };
    const place = { personId, roomId: threadId ?? roomId };
    const threadRoomId = threadId ? roomId : null;
    if (stored) await tx.draft.update({ where: { personId_roomId: place }, data, select: { id: true } });
    else await tx.draft.create({ data: { organizationId, ...place, threadRoomId, ...data }, select: { id: true } });
    // The answer is this object, too: it gets its tick at the end of the transaction.
    const draft: Draft = startOf({ ...current, ...data, isWhole: true, updatedAt: data.updatedAt.toISOString() });
    announce.me(personId, { type: "draft", draft });
    return draft;
  },
});
