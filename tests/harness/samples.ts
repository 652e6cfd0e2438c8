import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Input, OperationName } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import { hashToken, newToken } from "@/lib/server/secret";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  makeSession,
  type Organization,
  type TestPerson,
  type TestRoom,
} from "./people";

/** An organization in which everything there is to ask has something to be asked about. */
export interface World {
  organization: Organization;
  /** Owner of the organization and admin of `room`: everything in `samples` but the set-up succeeds for them. */
  owner: TestPerson;
  /** Admin of the organization, in no room. */
  admin: TestPerson;
  /** Of the organization: moderator and member of `room`; not in it; in it until removed; in it, but may not sign in any more. */
  moderator: TestPerson;
  member: TestPerson;
  outsider: TestPerson;
  removed: TestPerson;
  deactivated: TestPerson;
  /** In it as a guest; and a guest who is in no room. */
  guest: TestPerson;
  outsideGuest: TestPerson;
  /** Private, with a message of the owner's in it. */
  room: TestRoom;
  messageId: string;
  /** Public, with nobody in it. */
  openRoom: TestRoom;
  groupId: string;
  /** Another login of the owner's. */
  otherSessionId: string;
  inviteId: string;
  inviteToken: string;
  /** Lets `member` set a new password. */
  resetToken: string;
}

/** The owner's password, when the world is made `withPasswords`. */
export const ownersPassword = "correct horse battery";

export async function makeWorld({ withPasswords = false } = {}): Promise<World> {
  const organization = await makeOrganization();
  const owner = withPasswords
    ? await makePerson(organization, { role: "owner", name: "Otto Owner", password: ownersPassword })
    : organization.owner;
  const [admin, moderator, member, outsider, removed, deactivated, guest, outsideGuest] = (await makePeople(
    organization,
    [
      { role: "admin", name: "Ada Admin" },
      ...["Moe", "Mia", "Olli", "Rita", "Dan"].map((name) => ({ name })),
      { role: "guest", name: "Gus Guest" },
      { role: "guest", name: "Gerda Guest" },
    ],
  )) as [TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson];
  const room = await makeRoom(organization, { access: "private" });
  const openRoom = await makeRoom(organization);
  const groupId = await makeGroup(organization, [member]);
  await joinAs("admin", room, owner);
  await joinAs("moderator", room, moderator);
  await joinAs("member", room, member, removed, deactivated, guest);
  await as(owner).do("membership.remove", { roomId: room.id, personId: removed.id });
  const { id: messageId } = await as(owner).do("message.send", { roomId: room.id, body: "What I wrote first." });
  await as(owner).do("message.edit", { messageId, body: "What I wrote." });
  await db().person.update({ where: { id: deactivated.id }, data: { deactivatedAt: new Date() } });

  const [inviteId, inviteToken, resetToken] = [uuidv7(), newToken(), newToken()];
  const organizationId = organization.id;
  await db().invite.create({
    data: { id: inviteId, organizationId, tokenHash: hashToken(inviteToken), creatorId: owner.id, maxUses: 10 },
  });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().passwordReset.create({
    data: {
      id: uuidv7(),
      organizationId,
      personId: member.id,
      makerId: owner.id,
      tokenHash: hashToken(resetToken),
      expiresAt,
    },
  });
  return {
    organization,
    owner,
    admin,
    moderator,
    member,
    outsider,
    removed,
    deactivated,
    guest,
    outsideGuest,
    room,
    messageId,
    openRoom,
    groupId,
    otherSessionId: await makeSession(owner),
    inviteId,
    inviteToken,
    resetToken,
  };
}

const fresh = () => randomBytes(6).toString("hex");

/** For every operation something valid to ask in a world. The compiler demands one for every new operation. */
export const samples: { readonly [N in OperationName]: (world: World) => Input<N> } = {
  "organization.setup": () => ({
    organization: "Acme",
    name: "Ann",
    email: `${fresh()}@example.org`,
    password: `new ${fresh()}`,
  }),
  // Names that nobody has: a room that is there already is not made again.
  "organization.addRooms": () => ({ rooms: [{ name: `New ${fresh()}` }, { name: `New ${fresh()}` }] }),
  "home.show": () => ({}),
  sync: ({ room }) => ({ rooms: { [room.id]: 0 }, me: 0, epoch: "another" }),
  "room.list": () => ({ query: "room", limit: 20 }),
  "room.create": ({ groupId }) => ({
    name: `New ${fresh()}`,
    access: "restricted",
    description: "For us.",
    groupIds: [groupId],
  }),
  "room.show": ({ room }) => ({ roomId: room.id }),
  "room.read": ({ room }) => ({ roomId: room.id, upToSeq: 1 }),
  "room.type": ({ room }) => ({ roomId: room.id }),
  "membership.list": ({ room }) => ({ roomId: room.id, query: "m", limit: 20 }),
  "membership.add": ({ room, outsider }) => ({ roomId: room.id, personIds: [outsider.id] }),
  "membership.remove": ({ room, member }) => ({ roomId: room.id, personId: member.id }),
  "membership.join": ({ openRoom }) => ({ roomId: openRoom.id }),
  "membership.leave": ({ room }) => ({ roomId: room.id }),
  "message.list": ({ room }) => ({ roomId: room.id, limit: 20 }),
  "message.send": ({ room }) => ({ roomId: room.id, id: uuidv7(), body: "Good morning" }),
  "message.edit": ({ messageId }) => ({ messageId, body: `What I meant ${fresh()}.` }),
  "message.delete": ({ messageId }) => ({ messageId }),
  "message.history": ({ messageId }) => ({ messageId }),
  "person.list": ({ member }) => ({ query: "m", ids: [member.id], limit: 20 }),
  "group.list": () => ({}),
  "presence.update": () => ({ state: "idle" }),
  "invite.list": () => ({ limit: 20 }),
  "invite.create": ({ room, groupId }) => ({
    role: "member",
    maxUses: 5,
    expiresInSeconds: 3_600,
    roomIds: [room.id],
    groupIds: [groupId],
  }),
  "invite.revoke": ({ inviteId }) => ({ inviteId }),
  "invite.show": ({ inviteToken }) => ({ token: inviteToken }),
  "invite.accept": ({ inviteToken }) => ({
    token: inviteToken,
    name: "Nia Newcomer",
    email: `${fresh()}@example.org`,
    password: `new ${fresh()}`,
  }),
  "session.list": () => ({}),
  "session.revoke": ({ otherSessionId }) => ({ sessionId: otherSessionId }),
  "session.end": () => ({}),
  "password.change": () => ({ current: ownersPassword, next: `new ${fresh()}` }),
  "password.link": ({ member }) => ({ personId: member.id }),
  "password.reset": ({ resetToken }) => ({ token: resetToken, password: `new ${fresh()}` }),
};
