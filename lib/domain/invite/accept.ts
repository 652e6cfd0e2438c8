import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import { acceptInvite } from "@/lib/contract/invite";
import { addPeople } from "@/lib/domain/membership/add-people";
import { makeHandle } from "@/lib/domain/person/handle";
import { personFields, presentPerson } from "@/lib/domain/person/present";
import { lockRoom } from "@/lib/domain/room/find";
import { giveTriesBack, takeTry } from "@/lib/domain/session/throttle";
import { runsOrganization, yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { db, type Tx } from "@/lib/server/db";
import { type Announce, handle } from "@/lib/server/handler";
import { tellPerson } from "@/lib/server/personal";
import { hashPassword, hashToken, verifyPassword } from "@/lib/server/secret";
import { type InviteRow, inviteParts, whyClosed } from "./present";

type Given = z.output<typeof acceptInvite.input>;

const closedSentence = {
  unknown: "This invite link is not valid.",
  revoked: "This invite was withdrawn.",
  expired: "This invite has expired.",
  used_up: "This invite has been used up.",
};

export default handle(acceptInvite, {
  // Passwords are hashed and compared before the transaction, so that no connection waits for them.
  mode: "none",
  load: async () => ({}),
  allow: () => yes,
  async run({ input, announce }) {
    const tokenHash = hashToken(input.token);
    const closed = whyClosed(await db().invite.findUnique({ where: { tokenHash } }));
    if (closed) throw new AppError("gone", closedSentence[closed]);
    const known = await db().account.findUnique({ where: { email: input.email } });
    if (known) {
      // A password that is asked for here is guessed here no faster than at the sign-in.
      await takeTry(input.email);
      if (!(await verifyPassword(known.passwordHash, input.password))) throw taken();
      await giveTriesBack(input.email);
    }
    const passwordHash = known?.passwordHash ?? (await hashPassword(input.password));
    return db().$transaction((tx) => claim(tx, tokenHash, { ...input, passwordHash }, announce));
  },
});

const taken = () =>
  new AppError("conflict", undefined, {
    email: "There is an account with this e-mail already. Sign in, or give its password here.",
  });

async function claim(tx: Tx, tokenHash: string, given: Given & { passwordHash: string }, announce: Announce) {
  // One conditional update: of all who claim at once, exactly as many succeed as the invite has uses.
  const [claimed] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Invite" SET uses = uses + 1
    WHERE "tokenHash" = ${tokenHash} AND "revokedAt" IS NULL AND ("expiresAt" IS NULL OR "expiresAt" > now())
      AND ("maxUses" IS NULL OR uses < "maxUses")
    RETURNING id`;
  if (!claimed) {
    const closed = whyClosed(await tx.invite.findUnique({ where: { tokenHash } })) ?? "unknown";
    throw new AppError("gone", closedSentence[closed]);
  }
  const invite = await tx.invite.findUniqueOrThrow({ where: { id: claimed.id }, include: inviteParts });
  const { organizationId, role } = invite;
  const account =
    (await tx.account.findUnique({ where: { email: given.email } })) ??
    (await tx.account.create({ data: { id: uuidv7(), email: given.email, passwordHash: given.passwordHash } }));
  // Somebody took this e-mail between our look and our claim.
  if (account.passwordHash !== given.passwordHash) throw taken();
  if (await tx.person.findFirst({ where: { organizationId, accountId: account.id } })) {
    throw new AppError("conflict", undefined, { email: "You are a member already. Sign in." });
  }
  const person = await tx.person.create({
    data: {
      id: uuidv7(),
      organizationId,
      accountId: account.id,
      role,
      name: given.name,
      handle: await makeHandle(tx, organizationId, given.name),
      groups: { create: invite.groups.map(({ group }) => ({ groupId: group.id })) },
    },
    select: personFields,
  });
  await enterRooms(tx, invite, person.id, announce);
  announce.after(() => tellPerson(organizationId, presentPerson(person)));
  return { organizationId, personId: person.id };
}

/** The rooms everybody joins, those the invite names, and for those who run the organization its admin rooms. */
async function enterRooms(tx: Tx, invite: InviteRow, personId: string, announce: Announce): Promise<void> {
  const { organizationId, role } = invite;
  const rooms = await tx.room.findMany({
    where: {
      organizationId,
      archivedAt: null,
      OR: [
        ...(role === "guest" ? [] : [{ joinsEveryone: true }]),
        { id: { in: invite.rooms.map(({ room }) => room.id) } },
        ...(runsOrganization({ personId, role }) ? [{ access: "restricted" as const, groups: { none: {} } }] : []),
      ],
    },
    select: { id: true, organizationId: true },
    // Locks are taken in one order everywhere.
    orderBy: { id: "asc" },
  });
  for (const room of rooms) {
    await lockRoom(tx, organizationId, room.id);
    await addPeople(tx, announce, room, [personId], {
      byId: personId,
      notice: (personIds) => ({ type: "joined", personIds }),
    });
  }
}
