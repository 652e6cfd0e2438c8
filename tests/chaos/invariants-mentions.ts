// What must hold about the mentions that are stored.
import { limits } from "@/lib/contract/limits";
import type { Check } from "./truth";

/** A message has one row for each target that it names, at most fifty, and none if it is deleted. */
const targetsHaveRows: Check = ({ journal }, truth) => {
  for (const [roomId, log] of truth.logs) {
    for (const { id, seq, mentions } of log) {
      const named = Object.values(mentions ?? {}).map((target) =>
        "id" in target ? `${target.kind} ${target.id}` : `${target.kind} ${roomId}`,
      );
      const wanted = [...new Set(named)].toSorted().join();
      const rows = (truth.mentions.targets.get(id) ?? []).map(({ kind, targetId }) => `${kind} ${targetId}`);
      if (rows.length > limits.mentions || rows.toSorted().join() !== wanted)
        journal.violation(
          "I30",
          `The message at ${seq} of ${roomId} mentions ${wanted}, and has the rows ${rows.join()}.`,
        );
    }
  }
};

export const mentionInvariants: readonly Check[] = [targetsHaveRows];
