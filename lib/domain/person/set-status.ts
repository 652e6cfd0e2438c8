import { setStatus } from "@/lib/contract/person";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { changeOwn, lockOwn } from "./change-own";

export default handle(setStatus, {
  load: ({ tx, actor }) => lockOwn(tx, actor.personId),
  allow: () => yes,
  run({ input: { emoji, text, until }, subject, ...context }) {
    const isSet = emoji !== "" || text !== "";
    if (isSet && until !== null && Date.parse(until) <= Date.now())
      throw new AppError("invalid_input", undefined, { until: "Choose a time in the future." });
    return changeOwn(context, subject, {
      statusEmoji: emoji,
      statusText: text,
      statusUntil: isSet && until !== null ? new Date(until).toISOString() : null,
    });
  },
});
