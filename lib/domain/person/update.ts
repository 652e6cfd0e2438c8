import { updatePerson } from "@/lib/contract/person";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { changeOwn, lockOwn } from "./change-own";

export default handle(updatePerson, {
  load: ({ tx, actor }) => lockOwn(tx, actor.personId),
  allow: () => yes,
  run: ({ input: { name, title, pronouns, timeZone }, subject, ...context }) =>
    changeOwn(context, subject, {
      ...(name !== undefined && { name }),
      ...(title !== undefined && { title }),
      ...(pronouns !== undefined && { pronouns }),
      ...(timeZone !== undefined && { timeZone }),
    }),
});
