import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { type Input, type OperationName, operations } from "@/lib/contract/index";
import type { Operation } from "@/lib/contract/operation";
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
  const invitedTo = await makeRoom(organization);
  await makeRoom(organization, { access: "restricted", groupIds: [groupId] });
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

type Overrides = {
  readonly [N in OperationName]?: {
    because: string;
    fields: (world: World) => { readonly [F in keyof Input<N>]?: Input<N>[F] | undefined };
  };
};

/** Where what the schema tells is not enough, and why. A field that is undefined is left out. */
const overrides: Overrides = {
  "organization.setup": { because: "Tests ask as whoever sits at the server.", fields: () => ({ code: undefined }) },
  sync: {
    because: "Its rooms are a map, and a world begins at 0.",
    fields: ({ room }) => ({ rooms: { [room.id]: 0 }, me: 0, epoch: "another" }),
  },
  "room.list": { because: "It finds something.", fields: () => ({ query: "room" }) },
  "room.create": { because: "Only a restricted room has groups.", fields: () => ({ access: "restricted" }) },
  "membership.list": { because: "It finds somebody.", fields: () => ({ query: "m" }) },
  "membership.add": {
    because: "They are not in the room yet.",
    fields: ({ outsider }) => ({ personIds: [outsider.id] }),
  },
  "membership.join": {
    because: "The owner is not in this room yet.",
    fields: ({ openRoom }) => ({ roomId: openRoom.id }),
  },
  "message.list": {
    because: "A page has one place to begin at.",
    fields: () => ({ before: undefined, around: undefined }),
  },
  "message.edit": { because: "Nobody has edited it meanwhile.", fields: () => ({ basedOn: undefined }) },
  "person.list": {
    because: "It finds somebody, and the name of the field does not tell what its ids are of.",
    fields: ({ member }) => ({ query: "m", ids: [member.id] }),
  },
  "invite.show": { because: "A token is of a link.", fields: ({ inviteToken }) => ({ token: inviteToken }) },
  "invite.accept": { because: "A token is of a link.", fields: ({ inviteToken }) => ({ token: inviteToken }) },
  "password.change": { because: "It is the owner's.", fields: () => ({ current: ownersPassword }) },
  "password.reset": { because: "A token is of a link.", fields: ({ resetToken }) => ({ token: resetToken }) },
};

/** What an id field of this name stands for. The same name with an s is a list of one. */
const ids: Readonly<Record<string, (world: World) => string | undefined>> = {
  roomId: ({ room }) => room.id,
  personId: ({ member }) => member.id,
  messageId: ({ messageId }) => messageId,
  groupId: ({ groupId }) => groupId,
  inviteId: ({ inviteId }) => inviteId,
  sessionId: ({ otherSessionId }) => otherSessionId,
  // Named by whoever asks.
  id: () => uuidv7(),
  intentId: () => uuidv7(),
};

interface Schema {
  type?: string;
  format?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  minimum?: number;
}

/**
 * Something valid to ask in a world, made from the operation's schema: each id is of something in the world, a choice is the
 * default or the first, free text is new. Throws when a field needs a word in this file.
 */
export function sampleOf(operation: Operation, world: World): Record<string, unknown> {
  const override = (overrides as Record<string, { fields: (world: World) => object }>)[operation.name];
  const given = override?.fields(world) ?? {};
  const { properties = {} } = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as Schema;
  const derived = Object.entries(properties)
    .filter(([field]) => !Object.hasOwn(given, field))
    .map(([field, schema]) => [field, valueOf(field, schema, operation.name, world)]);
  const fields: [string, unknown][] = Object.entries({ ...Object.fromEntries(derived), ...given });
  const sample = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  const { error } = operation.input.safeParse(sample);
  if (error) throw new Error(`Say in tests/harness/samples.ts what to ask of ${operation.name}: ${error.message}`);
  return sample;
}

function valueOf(field: string, schema: Schema, name: string, world: World): unknown {
  // A cursor: without one, a list begins at its first page.
  if (field === "after") return undefined;
  if (schema.default !== undefined && schema.type !== "array") return schema.default;
  if (schema.anyOf) return valueOf(field, schema.anyOf[0] as Schema, name, world);
  if (schema.enum) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.format === "uuid") {
    const find = ids[field];
    if (!find) throw new Error(`Say in tests/harness/samples.ts what ${field} of ${name} is in a world.`);
    return find(world);
  }
  if (schema.type === "array") return [valueOf(field.replace(/s$/, ""), schema.items ?? {}, name, world)];
  if (schema.type === "object") {
    const inner = Object.entries(schema.properties ?? {});
    return Object.fromEntries(inner.map(([key, value]) => [key, valueOf(key, value, name, world)]));
  }
  if (schema.type === "integer") return Math.max(1, schema.minimum ?? 1);
  if (schema.type === "boolean") return true;
  return field === "email" ? `${fresh()}@example.org` : `New ${fresh()}`;
}

/** For every operation something valid to ask in a world; the owner may. */
export const samples = Object.fromEntries(
  Object.values(operations).map((operation) => [operation.name, (world: World) => sampleOf(operation, world)]),
) as { readonly [N in OperationName]: (world: World) => Input<N> };
