import { uuidv7 } from "uuidv7";
import { nameFields } from "@/lib/domain/page-by-name";
import { db } from "@/lib/server/db";
import { type List, listsOfPeople } from "./lists-of-people";
import { as, joinAs, makeGroup, makeOrganization, makePerson, makeRoom, makeSession, type TestPerson } from "./people";

async function peopleOfGuests(): Promise<[List, List]> {
  const organization = await makeOrganization();
  const listOf = async (): Promise<List> => {
    const [room, asker] = [await makeRoom(organization), await makePerson(organization, { role: "guest" })];
    await joinAs("member", room, asker);
    return {
      asker,
      async add(name) {
        const person = await makePerson(organization, { name });
        await joinAs("member", room, person);
        return person.id;
      },
      remove: (id) => db().person.delete({ where: { id } }),
      rename: (id, name) => db().person.update({ where: { id }, data: nameFields(name) }),
    };
  };
  return [await listOf(), await listOf()];
}

/** For each operation, two lists without a common row. */
export const lists: Record<string, () => Promise<[List, List]>> = {
  ...listsOfPeople,
  "room.list": async () => {
    const organization = await makeOrganization();
    const listOf = async (): Promise<List> => {
      const asker = await makePerson(organization);
      return {
        asker,
        async add(name) {
          const room = await makeRoom(organization, { name: `${name} ${uuidv7()}`, access: "private" });
          await db().room.update({ where: { id: room.id }, data: nameFields(name) });
          await joinAs("member", room, asker);
          return room.id;
        },
        remove: (id) => db().room.update({ where: { id }, data: { archivedAt: new Date() } }),
        rename: (id, name) => db().room.update({ where: { id }, data: nameFields(name) }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "person.list": peopleOfGuests,
  "person.browse": peopleOfGuests,
  "person.names": peopleOfGuests,
  "room.administer": async () => {
    const listOf = async (): Promise<List> => {
      const { owner: asker, ...organization } = await makeOrganization();
      return {
        asker,
        async add(name) {
          const room = await makeRoom(organization, { name: `${name} ${uuidv7()}`, access: "private" });
          await db().room.update({ where: { id: room.id }, data: nameFields(name) });
          return room.id;
        },
        remove: (id) => db().room.update({ where: { id }, data: { deletedAt: new Date() } }),
        rename: (id, name) => db().room.update({ where: { id }, data: nameFields(name) }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "reaction.list": async () => {
    const organization = await makeOrganization();
    const listOf = async (): Promise<List> => {
      const [room, asker] = [await makeRoom(organization), await makePerson(organization)];
      await joinAs("member", room, asker);
      const { id: messageId } = await as(asker).do("message.send", { roomId: room.id, body: "Hello" });
      const people = new Map<string, TestPerson>();
      return {
        asker,
        given: { messageId },
        async add(name) {
          const person = await makePerson(organization, { name });
          people.set(person.id, person);
          await joinAs("member", room, person);
          await as(person).do("reaction.add", { messageId, emoji: "👍" });
          return person.id;
        },
        remove: (id) => as(people.get(id) ?? asker).do("reaction.remove", { messageId, emoji: "👍" }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "audit.list": async () => {
    const listOf = async (): Promise<List> => {
      const { owner: asker, id: organizationId } = await makeOrganization();
      return {
        asker,
        async add() {
          const id = uuidv7();
          const what = { act: "room.archive", subject: "room", subjectId: uuidv7(), address: "", at: new Date() };
          await db().auditEntry.create({ data: { id, organizationId, ...what } });
          return id;
        },
        // Entries are never removed.
        remove: async () => {},
      };
    };
    return [await listOf(), await listOf()];
  },
  "person.administer": async () => {
    const listOf = async (): Promise<List> => {
      const { owner: asker, ...organization } = await makeOrganization();
      return {
        asker,
        add: async (name) => (await makePerson(organization, { name })).id,
        remove: (id) => db().person.delete({ where: { id } }),
        rename: (id, name) => db().person.update({ where: { id }, data: nameFields(name) }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "group.list": async () => {
    const organization = await makeOrganization();
    const listOf = async (): Promise<List> => {
      const asker = await makePerson(organization, { role: "guest" });
      return {
        asker,
        async add(name) {
          const id = await makeGroup(organization, [asker]);
          await db().group.update({ where: { id }, data: nameFields(name) });
          return id;
        },
        remove: (id) => db().group.delete({ where: { id } }),
        rename: (id, name) => db().group.update({ where: { id }, data: nameFields(name) }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "invite.list": async () => {
    const listOf = async (): Promise<List> => {
      const { owner: asker } = await makeOrganization();
      return {
        asker,
        add: async () => (await as(asker).do("invite.create", {})).invite.id,
        remove: (id) => db().invite.delete({ where: { id } }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "invite.listUses": async () => {
    const listOf = async (): Promise<List> => {
      const { owner: asker, ...organization } = await makeOrganization();
      const { invite } = await as(asker).do("invite.create", {});
      return {
        asker,
        given: { inviteId: invite.id },
        async add() {
          const { id: personId } = await makePerson(organization);
          await db().inviteUse.create({ data: { organizationId: organization.id, inviteId: invite.id, personId } });
          return personId;
        },
        remove: (personId) =>
          db().inviteUse.delete({
            where: { organizationId_personId: { organizationId: organization.id, personId } },
          }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "roomInvite.list": () => inviteLists((person, other) => ({ asker: person, person, inviter: other })),
  "roomInvite.listSent": () => inviteLists((person, other) => ({ asker: person, person: other, inviter: person })),
  "joinRequest.list": async () => {
    const organization = await makeOrganization();
    const asker = await makePerson(organization);
    const listOf = async (): Promise<List> => {
      const room = await makeRoom(organization, { access: "private" });
      await joinAs("admin", room, asker);
      const { token } = await as(asker).do("askLink.create", { roomId: room.id });
      return {
        asker,
        given: { roomId: room.id },
        async add() {
          await as(await makePerson(organization)).do("joinRequest.send", { token });
          const { requests } = await as(asker).do("joinRequest.list", { roomId: room.id, limit: 1 });
          return requests[0]?.id ?? "";
        },
        remove: (id) => as(asker).do("joinRequest.refuse", { joinRequestId: id }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "joinRequest.listMine": async () => {
    const organization = await makeOrganization();
    const listOf = async (): Promise<List> => {
      const asker = await makePerson(organization);
      return {
        asker,
        async add() {
          const { id: roomId, organizationId } = await makeRoom(organization, { access: "private" });
          const id = uuidv7();
          await db().joinRequest.create({ data: { id, organizationId, roomId, personId: asker.id } });
          return id;
        },
        remove: (id) => as(asker).do("joinRequest.withdraw", { joinRequestId: id }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "session.list": async () => {
    const organization = await makeOrganization();
    const listOf = async (): Promise<List> => {
      const asker = await makePerson(organization);
      return {
        asker,
        // Several sessions have the same time, so that the id decides their order.
        add: () => makeSession(asker, { lastUsedAt: new Date(Date.now() - Math.floor(Math.random() * 4) * 60_000) }),
        remove: (id) => db().session.delete({ where: { id } }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "thread.list": async () => {
    const organization = await makeOrganization();
    const room = await makeRoom(organization);
    const listOf = async (): Promise<List> => {
      const asker = await makePerson(organization);
      await joinAs("member", room, asker);
      return {
        asker,
        given: { filter: "read" },
        async add(body) {
          const { id } = await as(asker).do("message.send", { roomId: room.id, body });
          await as(asker).do("message.send", { roomId: room.id, threadId: id, body });
          return id;
        },
        remove: (threadId) => as(asker).do("thread.setFollowed", { threadId, isFollowed: false }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "message.history": async () => {
    const organization = await makeOrganization();
    const asker = await makePerson(organization);
    const room = await makeRoom(organization);
    await joinAs("member", room, asker);
    const listOf = async (): Promise<List> => {
      const { id: messageId } = await as(asker).do("message.send", { roomId: room.id, body: "Now" });
      return {
        asker,
        given: { messageId },
        async add(body) {
          const id = uuidv7();
          await db().messageRevision.create({ data: { id, organizationId: organization.id, messageId, body } });
          return id;
        },
        remove: (id) => db().messageRevision.delete({ where: { id } }),
      };
    };
    return [await listOf(), await listOf()];
  },
};

/** Two lists of room invites, each to a new room. `roles` says which of two people the asker is. */
async function inviteLists(
  roles: (one: TestPerson, other: TestPerson) => { asker: TestPerson; person: TestPerson; inviter: TestPerson },
): Promise<[List, List]> {
  const organization = await makeOrganization();
  const other = await makePerson(organization);
  const listOf = async (): Promise<List> => {
    const { asker, person, inviter } = roles(await makePerson(organization), other);
    return {
      asker,
      async add() {
        const room = await makeRoom(organization);
        await joinAs("member", room, inviter);
        return (await as(inviter).do("roomInvite.send", { roomId: room.id, personId: person.id })).id;
      },
      remove: (id) => db().roomInvite.delete({ where: { id } }),
    };
  };
  return [await listOf(), await listOf()];
}
