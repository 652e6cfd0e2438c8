import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { type Input, type OperationName, operations } from "@/lib/contract/index";
import type { Operation } from "@/lib/contract/operation";
import { once } from "@/lib/server/once";
import { aPicture } from "./picture";
import { type Schema, valueOf } from "./sample-values";
import { makeWorld, ownersPassword, type World } from "./world";

export { makeWorld, ownersPassword, type World };

/** A world in which to call an operation. Operations that only read share one in each test file, because they change nothing. */
export function worldFor(name: OperationName): Promise<World> {
  if (operations[name].http.startsWith("GET ")) return once("the world to read in", () => makeWorld());
  return makeWorld({ withPasswords: name === "password.change" });
}

type Overrides = {
  readonly [N in OperationName]?: {
    because: string;
    fields: (world: World) => { readonly [F in keyof Input<N>]?: Input<N>[F] | undefined };
  };
};

/** Fields whose values cannot be derived from the schema, and why. `undefined` leaves a field out. */
const overrides: Overrides = {
  "organization.setup": {
    because: "A caller at the server itself needs no code.",
    fields: () => ({ code: undefined }),
  },
  "organization.create": {
    because: "The handle has to be free, and it is written in small letters.",
    fields: () => ({ handle: `new-${randomBytes(6).toString("hex")}` }),
  },
  sync: {
    because: "`rooms` is a map, and the clocks of a new world start at 0.",
    fields: ({ room }) => ({ rooms: { [room.id]: 0 }, me: 0, epoch: "another" }),
  },
  "room.list": {
    because: "The query has to match a room that the person is in.",
    fields: () => ({ query: "room", only: undefined }),
  },
  "room.administer": {
    because: "The query has to match a room, which is of the group.",
    fields: () => ({
      query: "room",
      access: "restricted",
      state: "open",
      roomId: undefined,
      openableToGroupId: undefined,
    }),
  },
  "room.create": { because: "Only a restricted room has groups.", fields: () => ({ access: "restricted" }) },
  "room.update": {
    because: "Everyone may post in the room, and newcomers see everything.",
    fields: () => ({ postingPolicy: "moderators", history: "fromJoining" }),
  },
  "room.setAvatar": {
    because: "A room begins without a picture.",
    fields: () => ({ avatar: { type: "picture", picture: aPicture() } }),
  },
  "picture.show": {
    because: "It has to be the token of an ask link, here of another room.",
    fields: ({ askToken }) => ({ askToken }),
  },
  "organization.showPicture": {
    because: "It has to be the name of an icon.",
    fields: ({ icon }) => ({ picture: icon }),
  },
  "organization.setPicture": { because: "It has to be a picture.", fields: () => ({ picture: aPicture() }) },
  "person.setPicture": { because: "It has to be a picture.", fields: () => ({ picture: aPicture() }) },
  "preferences.update": {
    because: "The first layout is the one that everybody begins with.",
    fields: () => ({ messageLayout: "rows" }),
  },
  "person.update": {
    because: "It has to be a time zone, and a handle that nobody has.",
    fields: () => ({ timeZone: "Europe/Lisbon", handle: `h-${uuidv7().slice(-12)}` }),
  },
  "person.releaseHandle": {
    because: "It has to be one that the person gave up.",
    fields: ({ formerHandle }) => ({ handle: formerHandle }),
  },
  "person.setStatus": {
    because: "It has to be an emoji, and a time in the future.",
    fields: () => ({ emoji: "🌧️", until: new Date(Date.now() + 3_600_000).toISOString() }),
  },
  "presence.choose": {
    because: "It has to change something, until a time in the future.",
    fields: () => ({ choice: "dnd", until: new Date(Date.now() + 3_600_000).toISOString() }),
  },
  "audit.list": {
    because: "Times, and an act that the log has: the world's owner removed somebody.",
    fields: ({ removed }) => ({
      personId: removed.id,
      act: "membership.remove",
      since: "2026-01-01T00:00:00.000Z",
      until: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  },
  "room.delete": { because: "It has to be the room's name.", fields: ({ room }) => ({ name: room.name }) },
  "room.setDefault": {
    because: "The room has to be public.",
    fields: ({ openRoom }) => ({ roomId: openRoom.id }),
  },
  "room.unarchive": {
    because: "The room has to be archived.",
    fields: ({ archivedRoom }) => ({ roomId: archivedRoom.id }),
  },
  "group.list": {
    because: "The query has to match a group, and the name `ids` does not say that they identify groups.",
    fields: ({ groupId }) => ({ query: "group", ids: [groupId] }),
  },
  "group.addMembers": {
    because: "The person must not be in the group yet.",
    fields: ({ outsider }) => ({ personIds: [outsider.id] }),
  },
  "membership.list": { because: "The query has to match somebody.", fields: () => ({ query: "m" }) },
  "membership.add": {
    because: "The person must not be in the room yet.",
    fields: ({ outsider }) => ({ personIds: [outsider.id] }),
  },
  "ban.remove": { because: "The person must be banned.", fields: ({ banned }) => ({ personId: banned.id }) },
  "ban.list": { because: "The query has to match somebody.", fields: () => ({ query: "b" }) },
  "roomInvite.send": {
    because: "The person must not be in the room yet.",
    fields: ({ outsider }) => ({ personId: outsider.id }),
  },
  "roomInvite.withdraw": {
    because: "The owner must have sent it.",
    fields: ({ sentRoomInviteId }) => ({ roomInviteId: sentRoomInviteId }),
  },
  "block.remove": {
    because: "The owner must block the person.",
    fields: ({ outsideGuest }) => ({ personId: outsideGuest.id }),
  },
  "draft.write": {
    because: "It has to be the tick of the owner's draft in the room, who has none.",
    fields: () => ({ baseTick: 0 }),
  },
  "membership.setHidden": {
    because: "A channel can't be hidden for good, and is shown at first.",
    fields: () => ({ hiding: "untilNextMessage" }),
  },
  "section.delete": {
    because: "The built-in sections stay.",
    fields: ({ sectionId }) => ({ sectionId }),
  },
  "section.update": {
    because: "The built-in sections keep their names, and the emoji has to be one.",
    fields: ({ sectionId }) => ({ sectionId, emoji: "🚀" }),
  },
  "membership.join": {
    because: "The owner must not be in the room yet.",
    fields: ({ openRoom }) => ({ roomId: openRoom.id }),
  },
  "message.list": {
    because: "At most one of `before`, `after` and `around` is allowed.",
    fields: () => ({ before: undefined, around: undefined }),
  },
  "thread.move": {
    because: "It has to be a later message of the room.",
    fields: ({ laterMessageId }) => ({ messageIds: [laterMessageId] }),
  },
  "thread.setFollowed": { because: "The owner follows it.", fields: () => ({ isFollowed: false }) },
  "thread.read": {
    because: "The owner has not read the reply.",
    fields: () => ({ upToSeq: undefined }),
  },
  "message.edit": {
    because: "`basedOn` would have to be the time of the latest edit, and the member whom the reply mentions is told.",
    fields: ({ replyId }) => ({ messageId: replyId, basedOn: undefined }),
  },
  "message.delete": {
    because: "The member whom the reply mentions is told.",
    fields: ({ replyId }) => ({ messageId: replyId }),
  },
  "reaction.add": { because: "It has to be an emoji.", fields: () => ({ emoji: "🎉" }) },
  "reaction.remove": { because: "The owner must react with it.", fields: () => ({ emoji: "👍" }) },
  "reaction.list": { because: "Somebody must react with it.", fields: () => ({ emoji: "👍" }) },
  "pin.remove": {
    because: "The message must be pinned.",
    fields: ({ pinnedMessageId }) => ({ messageId: pinnedMessageId }),
  },
  "person.list": {
    because:
      "The query has to match somebody, the name `ids` does not say that they identify people, and all are in the room.",
    fields: ({ member }) => ({ query: "m", ids: [member.id], notInRoomId: undefined }),
  },
  "person.browse": {
    because: "The query has to match somebody, who is in the group, and nobody is present.",
    fields: () => ({ query: "m", role: "member", presence: undefined }),
  },
  "person.administer": {
    because: "The query has to match somebody, who is in the group.",
    fields: () => ({ query: "m", role: "member", status: "active" }),
  },
  "person.reactivate": {
    because: "The person has to be deactivated.",
    fields: ({ deactivated }) => ({ personId: deactivated.id }),
  },
  "invite.send": {
    because: "The invite has to be to an address.",
    fields: ({ emailInviteId }) => ({ inviteId: emailInviteId }),
  },
  "person.setEnd": {
    because: "Only guests have an end, and it has to be in the future. One who comes back counts as a member again.",
    fields: ({ formerGuest }) => ({ personId: formerGuest.id, endsAt: new Date(Date.now() + 3_600_000).toISOString() }),
  },
  "invite.show": {
    because: "The token has to be that of an invite.",
    fields: ({ inviteToken }) => ({ token: inviteToken }),
  },
  "invite.accept": {
    because: "The token has to be that of an invite.",
    fields: ({ inviteToken }) => ({ token: inviteToken }),
  },
  "invite.join": {
    because: "The token has to be that of an invite.",
    fields: ({ inviteToken }) => ({ token: inviteToken }),
  },
  "joinRequest.show": {
    because: "The token has to be that of an ask link.",
    fields: ({ askToken }) => ({ token: askToken }),
  },
  "joinRequest.send": {
    because: "The token has to be that of an ask link.",
    fields: ({ askToken }) => ({ token: askToken }),
  },
  "joinRequest.withdraw": {
    because: "The request has to be the owner's own.",
    fields: ({ ownJoinRequestId }) => ({ joinRequestId: ownJoinRequestId }),
  },
  "password.change": { because: "It has to be the owner's password.", fields: () => ({ current: ownersPassword }) },
  "password.reset": {
    because: "The token has to be that of a password link.",
    fields: ({ resetToken }) => ({ token: resetToken }),
  },
};

/** The value of an id field by its name. The same name with an s, such as `roomIds`, gets a list of one. */
const idsByField: Readonly<Record<string, (world: World) => string | undefined>> = {
  roomId: ({ room }) => room.id,
  notInRoomId: ({ room }) => room.id,
  personId: ({ member }) => member.id,
  messageId: ({ messageId }) => messageId,
  replyToId: ({ messageId }) => messageId,
  threadId: ({ messageId }) => messageId,
  groupId: ({ groupId }) => groupId,
  openableToGroupId: ({ groupId }) => groupId,
  inviteId: ({ inviteId }) => inviteId,
  roomInviteId: ({ roomInviteId }) => roomInviteId,
  joinRequestId: ({ joinRequestId }) => joinRequestId,
  sectionId: ({ sectionId }) => sectionId,
  beforeSectionId: ({ sectionId }) => sectionId,
  sessionId: ({ otherSessionId }) => otherSessionId,
  subjectId: ({ room }) => room.id,
  // Chosen by the caller.
  id: () => uuidv7(),
  intentId: () => uuidv7(),
};

/**
 * A valid input for an operation, derived from its schema: ids are those of the world, a choice is its default or its first
 * value, and free text is random. Throws if a field needs an entry in this file.
 */
export function sampleOf(operation: Operation, world: World): Record<string, unknown> {
  const override = (overrides as Record<string, { fields: (world: World) => object }>)[operation.name];
  const given = override?.fields(world) ?? {};
  const { properties = {} } = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as Schema;
  const derived = Object.entries(properties)
    .filter(([field]) => !Object.hasOwn(given, field))
    .map(([field, schema]) => [field, valueOf(field, schema, operation.name, (name) => idsByField[name]?.(world))]);
  const fields: [string, unknown][] = Object.entries({ ...Object.fromEntries(derived), ...given });
  const sample = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  const { error } = operation.input.safeParse(sample);
  if (error) throw new Error(`Add an override for ${operation.name} to tests/harness/samples.ts: ${error.message}`);
  return sample;
}

/** For each operation, a function that returns a valid input for a world. The owner may send it. */
export const samples = Object.fromEntries(
  Object.values(operations).map((operation) => [operation.name, (world: World) => sampleOf(operation, world)]),
) as { readonly [N in OperationName]: (world: World) => Input<N> };
