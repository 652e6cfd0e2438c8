import { uuidv7 } from "uuidv7";
import { createOrganization } from "@/lib/contract/own-organizations";
import { lockAccount } from "@/lib/domain/password/lock";
import { addSession, lockLogin } from "@/lib/domain/session/add-session";
import { mayCreateOrganization } from "@/lib/policy/organization";
import { activePerson } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { env } from "@/lib/server/env";
import { handle } from "@/lib/server/handler";
import { makeOrganizationHandle } from "./handle";
import { createWithOwner, lockNewOrganizations } from "./with-owner";

export default handle(createOrganization, {
  async load({ tx, actor }) {
    const { accountId } = await tx.person.findUniqueOrThrow({
      where: { id: actor.personId },
      select: { accountId: true },
    });
    // Several calls at once count each other's organizations, because the account is locked.
    if (!accountId || (await lockAccount(tx, accountId)) === null) return null;
    const owned = await tx.person.count({ where: { accountId, role: "owner", ...activePerson() } });
    return { accountId, owned };
  },
  allow: ({ actor, subject: { owned } }) => mayCreateOrganization(actor, { creators: env().newOrganizations, owned }),
  async run({ tx, actor, input, subject: { accountId }, caller }) {
    await lockNewOrganizations(tx);
    const organizationHandle = input.handle ?? (await makeOrganizationHandle(tx, input.name));
    if ((await tx.organization.count({ where: { handle: organizationHandle } })) > 0)
      throw new AppError("conflict", undefined, { handle: "This address is taken. Choose another one." });
    const { organization, person } = await createWithOwner(tx, {
      name: input.name,
      handle: organizationHandle,
      rooms: [],
      owner: { accountId, name: actor.name },
    });
    // A browser's login gets a session in the new organization. A program's token has no login.
    const session = await tx.session.findUnique({ where: { id: actor.sessionId }, select: { loginId: true } });
    const loginId = session?.loginId;
    if (loginId && (await lockLogin(tx, loginId))) await addSession(tx, { id: uuidv7(), loginId, person, caller });
    return { organizationId: organization.id, handle: organization.handle };
  },
});
