import { updatePreferences } from "@/lib/contract/preferences";
import { lockPersonLog } from "@/lib/domain/person/lock-log";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { preferencesColumns, toPreferences } from "./preferences";

export default handle(updatePreferences, {
  async load({ tx, actor: { personId } }) {
    await lockPersonLog(tx, personId);
    return { log: await tx.personLog.findUnique({ where: { personId }, select: preferencesColumns }) };
  },
  allow: () => yes,
  async run({ tx, actor: { personId }, input: { messageLayout }, subject: { log }, announce }) {
    const current = toPreferences(log);
    const changed = { ...current, messageLayout: messageLayout ?? current.messageLayout };
    if (changed.messageLayout === current.messageLayout) return current;
    // Keeps what a newer version stored.
    const stored = { ...(log?.preferences as object | null), messageLayout: changed.messageLayout };
    await tx.personLog.update({ where: { personId }, data: { preferences: stored }, select: { clock: true } });
    // The answer is this object, too: it gets its tick at the end of the transaction.
    announce.me(personId, { type: "preferences", preferences: changed });
    return changed;
  },
});
