import { updatePerson } from "@/lib/contract/person";
import { lockOrganization } from "@/lib/domain/organization/lock";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { changeOwn, lockOwn } from "./change-own";
import { changeHandle } from "./handle";

export default handle(updatePerson, {
  async load({ tx, actor, input }) {
    if (input.handle !== undefined) await lockOrganization(tx, actor.organizationId);
    return lockOwn(tx, actor.personId);
  },
  allow: () => yes,
  async run({ input, subject, ...context }) {
    const { name, title, pronouns, timeZone } = input;
    const isRenamed = input.handle !== undefined && input.handle !== subject.handle;
    if (input.handle !== undefined && isRenamed)
      await changeHandle(context.tx, context.actor, { from: subject.handle, to: input.handle });
    return changeOwn(context, subject, {
      ...(name !== undefined && { name }),
      ...(input.handle !== undefined && { handle: input.handle }),
      ...(title !== undefined && { title }),
      ...(pronouns !== undefined && { pronouns }),
      ...(timeZone !== undefined && { timeZone }),
    });
  },
});
