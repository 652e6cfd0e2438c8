import { type Draft, writeDraft } from "@/lib/contract/draft";
import { limits } from "@/lib/contract/limits";
import { lockPersonLog } from "@/lib/domain/person/lock-log";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { countDrafts, isIn, noDraft, startOf, wholeDraft } from "./drafts";

export default handle(writeDraft, {
  async load({ tx, actor: { personId }, input: { roomId, id } }) {
    await lockPersonLog(tx, personId);
    const stored = await wholeDraft(tx, personId, roomId);
    // Somebody who has left the room, or whose room was deleted, still changes and removes the draft that they have there.
    return stored || (await isIn(tx, roomId, personId))
      ? { stored, current: stored?.draft ?? noDraft(roomId, id) }
      : null;
  },
  allow: () => yes,
  async run({ tx, actor: { personId, organizationId }, input, subject: { stored, current }, announce }) {
    const { roomId, id, baseTick } = input;
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
    const where = { personId_roomId: { personId, roomId } };
    if (stored) await tx.draft.update({ where, data, select: { id: true } });
    else await tx.draft.create({ data: { organizationId, personId, roomId, ...data }, select: { id: true } });
    // The answer is this object, too: it gets its tick at the end of the transaction.
    const draft: Draft = startOf({ ...current, ...data, isWhole: true, updatedAt: data.updatedAt.toISOString() });
    announce.me(personId, { type: "draft", draft });
    return draft;
  },
});
