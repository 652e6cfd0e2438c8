import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { RoomRole } from "@/lib/contract/room-role";
import { db } from "@/lib/server/db";
import { once } from "@/lib/server/once";
import { hashToken, newToken } from "@/lib/server/secret";
import { copierOf } from "./copy-world";
import {
  as,
  makeGroup,
  makeOrganizationOf,
  makeRooms,
  makeSession,
  type Organization,
  type TestPerson,
  type TestRoom,
} from "./people";

/** A test organization with at least one of everything that an input can name. */
export interface World {
  organization: Organization;
  /** The name of the organization's icon, which has no files. */
  icon: string;
  /** Owner of the organization and admin of `room`. Every sample except that of `organization.setup` succeeds for them. */
  owner: TestPerson;
  /** Admin of the organization, who is in no room. */
  admin: TestPerson;
  /** Moderator of `room`. */
  moderator: TestPerson;
  /** Member of `room`. */
  member: TestPerson;
  /** Member of the organization, but never of `room`. */
  outsider: TestPerson;
  /** Was removed from `room`. */
  removed: TestPerson;
  /** Banned from `room`. */
  banned: TestPerson;
  /** Member of `room` who has been deactivated, so they are no longer signed in. */
  deactivated: TestPerson;
  /** Guest in `room` whose access has ended. */
  formerGuest: TestPerson;
  /** Guest of the organization and member of `room`. */
  guest: TestPerson;
  /** Guest of the organization who is in no room. The owner blocks them. */
  outsideGuest: TestPerson;
  /** A private room that contains a message, two replies to it, and others. */
  room: TestRoom;
  /** The message in `room`. The owner wrote it and edited it once. `member` replied to it, so both follow its thread. */
  messageId: string;
  /** The owner's reply to it. It mentions `member`. */
  replyId: string;
  /** A message in `room` that the owner wrote and pinned, before the other one. */
  pinnedMessageId: string;
  /** A message in `room` that the owner wrote later, and whose thread they follow, although nobody has replied. */
  laterMessageId: string;
  /** A private, archived room with the same people as `room`, but without who was removed or deactivated. */
  archivedRoom: TestRoom;
  /** A public room without members. */
  openRoom: TestRoom;
  /** A group whose only member is `member`. */
  groupId: string;
  /** A section of the owner's sidebar. */
  sectionId: string;
  /** A handle that `member` gave up. */
  formerHandle: string;
  /** Another login of the owner. */
  otherSessionId: string;
  /** A room invite that `member` sent to the owner. */
  roomInviteId: string;
  /** A room invite that the owner sent to `removed`, to `room`. */
  sentRoomInviteId: string;
  /** The token of the ask link of a private room, in which `member` is. */
  askToken: string;
  /** The request of `outsider` to join `room`. */
  joinRequestId: string;
  /** The owner's request to join a room that they are not in. */
  ownJoinRequestId: string;
  inviteId: string;
  inviteToken: string;
  /** An invite to an address. */
  emailInviteId: string;
  /** The token of a link with which `member` can set a new password. */
  resetToken: string;
}

/** The owner's password if the world was made with `withPasswords`. */
export const ownersPassword = "correct horse battery";

/** Makes a world. Only the first of each test file is made by operations. The others are copies of it. */
export async function makeWorld({ withPasswords = false } = {}): Promise<World> {
  let first: World | undefined;
  const copy = await once(`a world${withPasswords ? " with passwords" : ""} to copy`, async () => {
    first = await makeFirstWorld(withPasswords);
    return copierOf(first);
  });
  return first ?? copy();
}

async function makeFirstWorld(withPasswords: boolean): Promise<World> {
  const {
    id: organizationId,
    handle,
    people,
  } = await makeOrganizationOf([
    { role: "owner", name: "Otto Owner", ...(withPasswords && { password: ownersPassword }) },
    { role: "admin", name: "Ada Admin" },
    { name: "Moe" },
    { name: "Mia" },
    { name: "Olli" },
    { name: "Rita" },
    { name: "Dan" },
    { role: "guest", name: "Gus Guest" },
    { role: "guest", name: "Gerda Guest" },
    { name: "Bruno Banned" },
    { role: "guest", name: "Frida Former" },
    // So that the owner may leave.
    { role: "owner", name: "Odo Owner" },
  ]);
  const [owner, admin, moderator, member, outsider, removed, deactivated, guest, outsideGuest, banned, formerGuest] =
    people;
  const organization = { id: organizationId, handle, owner };
  const icon = `${randomBytes(32).toString("hex")}-${randomBytes(6).toString("hex")}`;
  await db().organization.update({ where: { id: organizationId }, data: { picture: icon } });
  const groupId = await makeGroup(organization, [member]);
  const [room, openRoom, invitedTo, groupRoom, membersRoom, archivedRoom, askedRoom] = await makeRooms(organization, [
    { access: "private" },
    {},
    {},
    { access: "restricted", groupIds: [groupId] },
    { access: "private" },
    { access: "private", archivedAt: new Date() },
    { access: "private" },
    // For owners and admins.
    { access: "restricted", forAdmins: true },
  ]);
  const roles: Record<string, RoomRole> = { [owner.id]: "admin", [moderator.id]: "moderator" };
  const membershipIn = ({ id: roomId }: TestRoom, { id: personId }: TestPerson) => {
    return { organizationId, roomId, personId, role: roles[personId] ?? "member" };
  };
  await db().membership.createMany({
    data: [
      ...[owner, moderator, member, removed, deactivated, guest].map((person) => membershipIn(room, person)),
      ...[owner, moderator, member, guest].map((person) => membershipIn(archivedRoom, person)),
      { ...membershipIn(room, formerGuest), isCounted: false },
      { ...membershipIn(groupRoom, member), isFollowing: true },
      { ...membershipIn(membersRoom, member), role: "admin" },
    ],
  });
  await as(owner).do("membership.remove", { roomId: room.id, personId: removed.id });
  const { id: pinnedMessageId } = await as(owner).do("message.send", { roomId: room.id, body: "What I wrote to pin." });
  await db().message.update({
    where: { organizationId_id: { organizationId, id: pinnedMessageId } },
    data: { pinnedAt: new Date(), pinnedById: owner.id },
  });
  const first = await as(owner).do("message.send", { roomId: room.id, body: "What I wrote first." });
  const messageId = first.id;
  await as(owner).do("message.edit", { messageId, body: "What I wrote." });
  await as(owner).do("reaction.add", { messageId, emoji: "👍" });
  const mentions = { mia: { kind: "person", id: member.id } };
  const mention = async ({ id, seq: mentionedAt }: { id: string; seq: number }) => {
    await db().message.update({ where: { organizationId_id: { organizationId, id } }, data: { mentions } });
    const target = { kind: "person", targetId: member.id } as const;
    await db().mention.create({
      data: { organizationId, roomId: room.id, messageId: id, ...target, seq: mentionedAt },
    });
  };
  await mention(first);
  const inThread = { roomId: room.id, threadId: messageId };
  const reply = await as(owner).do("message.send", { ...inThread, body: "What I replied." });
  await mention(reply);
  await as(member).do("message.send", { ...inThread, body: "A reply." });
  const { id: laterMessageId } = await as(owner).do("message.send", { roomId: room.id, body: "What I wrote last." });
  await as(owner).do("thread.setFollowed", { threadId: laterMessageId, isFollowed: true });
  const { sections } = await as(owner).do("section.create", { name: "Mine" });
  const sectionId = sections.find(({ name }) => name !== null)?.id ?? "";
  await db().person.update({ where: { id: deactivated.id }, data: { deactivatedAt: new Date() } });
  await db().membership.updateMany({ where: { personId: deactivated.id }, data: { isCounted: false } });
  await db().person.update({ where: { id: formerGuest.id }, data: { endsAt: new Date() } });

  const formerHandle = "former";
  await db().formerHandle.create({ data: { organizationId, personId: member.id, handle: formerHandle } });

  const figures = { messages: 1, people: 4, lastMessageAt: new Date(), countedSeq: 1 };
  await db().roomFigures.create({ data: { organizationId, roomId: room.id, ...figures } });

  const invites = [
    { roomId: membersRoom.id, personId: owner.id, inviterId: member.id },
    { roomId: room.id, personId: removed.id, inviterId: owner.id },
    { roomId: archivedRoom.id, personId: removed.id, inviterId: owner.id },
  ].map((invite) => {
    return { id: uuidv7(), organizationId, ...invite, expiresAt: new Date(Date.now() + 86_400_000) };
  });
  await db().ban.create({ data: { organizationId, roomId: room.id, personId: banned.id, byId: owner.id } });
  await db().roomInvite.createMany({ data: invites });
  const draft = { id: uuidv7(), text: "What I have not sent.", tick: 1 };
  await db().draft.create({ data: { organizationId, personId: member.id, roomId: archivedRoom.id, ...draft } });
  await db().block.create({ data: { organizationId, blockerId: owner.id, blockedId: outsideGuest.id } });
  const [roomInviteId, sentRoomInviteId] = invites.map(({ id }) => id) as [string, string];
  const [askToken, joinRequestId, ownJoinRequestId] = [newToken(), uuidv7(), uuidv7()];
  const linkTo = ({ id: roomId }: TestRoom, token: string, creator: TestPerson) => {
    return { organizationId, roomId, tokenHash: hashToken(token), creatorId: creator.id };
  };
  await db().askLink.createMany({ data: [linkTo(membersRoom, askToken, member), linkTo(room, newToken(), owner)] });
  await db().joinRequest.createMany({
    data: [
      { id: joinRequestId, organizationId, roomId: room.id, personId: outsider.id },
      { id: ownJoinRequestId, organizationId, roomId: askedRoom.id, personId: owner.id },
    ],
  });
  const [inviteId, emailInviteId, inviteToken, resetToken] = [uuidv7(), uuidv7(), newToken(), newToken()];
  await db().invite.create({
    data: { id: inviteId, organizationId, tokenHash: hashToken(inviteToken), creatorId: owner.id, maxUses: 10 },
  });
  await db().invite.create({
    data: {
      id: emailInviteId,
      organizationId,
      tokenHash: hashToken(newToken()),
      email: "nia@example.org",
      creatorId: owner.id,
      maxUses: 1,
    },
  });
  await db().inviteUse.create({ data: { organizationId, inviteId, personId: member.id } });
  await db().inviteRoom.create({ data: { organizationId, inviteId, roomId: invitedTo.id } });
  await db().inviteGroup.create({ data: { organizationId, inviteId, groupId } });
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
    icon,
    owner,
    admin,
    moderator,
    member,
    outsider,
    removed,
    deactivated,
    formerGuest,
    guest,
    outsideGuest,
    banned,
    room,
    messageId,
    replyId: reply.id,
    pinnedMessageId,
    laterMessageId,
    archivedRoom,
    openRoom,
    groupId,
    sectionId,
    formerHandle,
    otherSessionId: await makeSession(owner),
    roomInviteId,
    sentRoomInviteId,
    askToken,
    joinRequestId,
    ownJoinRequestId,
    inviteId,
    inviteToken,
    emailInviteId,
    resetToken,
  };
}
