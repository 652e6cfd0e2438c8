// What must hold about the pins and the replies that are stored.
import { limits } from "@/lib/contract/limits";
import { type Check, stays } from "./truth";

/**
 * A room has at most fifty pinned messages, none of them deleted or a notice. Whoever pinned one was a member by then, and every change
 * of it is a change of the room's pins.
 */
const pinsAreInOrder: Check = ({ journal }, truth) => {
  for (const [roomId, log] of truth.logs) {
    const pinned = log.filter(({ pinnedById }) => pinnedById !== null);
    const pinsSeq = truth.rooms.get(roomId)?.pinsSeq ?? 0;
    if (pinned.length > limits.pins) journal.violation("I29", `${roomId} has ${pinned.length} pinned messages.`);
    for (const row of pinned) {
      const say = (what: string) =>
        journal.violation("I29", `The message at ${row.seq} of ${roomId} is pinned, ${what}.`, JSON.stringify(row));
      if (row.deleted || row.kind === "notice") say("though nobody may pin it");
      if (row.changedSeq > pinsSeq) say(`and changed at ${row.changedSeq}, after the room's pins, at ${pinsSeq}`);
      if (!stays(truth, roomId, row.pinnedById ?? "").some(({ from }) => from <= row.changedSeq))
        say(`by ${row.pinnedById}, who had never been a member by ${row.changedSeq}`);
    }
  }
};

/** A reply quotes an earlier message of its room, which is no notice. */
const repliesQuoteTheirRoom: Check = ({ journal }, truth) => {
  for (const [roomId, log] of truth.logs) {
    const byId = new Map(log.map((row) => [row.id, row]));
    for (const reply of log) {
      if (reply.replyToId === null) continue;
      const quoted = byId.get(reply.replyToId);
      if (quoted && quoted.kind !== "notice" && quoted.seq < reply.seq) continue;
      journal.violation(
        "I29",
        `The reply at ${reply.seq} of ${roomId} quotes ${quoted ? `the ${quoted.kind} at ${quoted.seq}` : "nothing of it"}.`,
        JSON.stringify({ reply, quoted }),
      );
    }
  }
};

export const pinInvariants: readonly Check[] = [pinsAreInOrder, repliesQuoteTheirRoom];
