import { choosePresence } from "@/lib/contract/presence";
import { lockPersonLog } from "@/lib/domain/person/lock-log";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { announceChoice } from "@/lib/server/presence";
import { readChosen } from "./chosen";

export default handle(choosePresence, {
  async load({ tx, actor: { personId } }) {
    await lockPersonLog(tx, personId);
    return readChosen(tx, personId);
  },
  allow: () => yes,
  async run({ tx, actor: { personId }, input, subject: current, announce }) {
    const { choice } = input;
    const until = choice === "auto" || input.until === null ? null : new Date(input.until);
    if (until && until.getTime() <= Date.now())
      throw new AppError("invalid_input", undefined, { until: "Choose a time in the future." });
    // The answer is this object, too: it gets its tick at the end of the transaction.
    const chosen = { choice, until: until?.toISOString() ?? null, tick: current.tick };
    if (current.choice === choice && current.until === chosen.until) return current;
    const data = { presence: choice, presenceUntil: until };
    await tx.personLog.update({ where: { personId }, data, select: { clock: true } });
    announce.me(personId, { type: "presence", chosenPresence: chosen });
    announce.after(() => announceChoice(personId, chosen));
    return chosen;
  },
});
