// What must hold about the reactions that are stored.
import { limits } from "@/lib/contract/limits";
import { type Check, stays } from "./truth";

/** A message has at most twenty different emoji. A notice and a deleted message have none, and who reacts was a member then. */
const reactionsAreInOrder: Check = ({ journal }, truth) => {
  for (const [roomId, log] of truth.logs) {
    for (const { id, kind, seq, deleted } of log) {
      const given = truth.reactions.get(id) ?? [];
      const say = (what: string) =>
        journal.violation("I28", `The message at ${seq} of ${roomId} ${what}.`, JSON.stringify(given));
      const emojis = new Set(given.map(({ emoji }) => emoji));
      if (emojis.size > limits.reactionKinds) say(`has ${emojis.size} different reactions`);
      if (given.length > 0 && (deleted || kind === "notice")) say("has reactions, though nobody may react to it");
      const stranger = given.find(
        ({ personId, changedSeq }) =>
          !stays(truth, roomId, personId).some(({ from, to }) => from <= changedSeq && changedSeq <= to),
      );
      if (stranger) say(`has a reaction of ${stranger.personId}, who was not a member at ${stranger.changedSeq}`);
    }
  }
};

export const reactionInvariants: readonly Check[] = [reactionsAreInOrder];
