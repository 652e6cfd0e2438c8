// The lists of people who belong to something, for `lists.ts`.
import { nameFields } from "@/lib/domain/page-by-name";
import { db } from "@/lib/server/db";
import { as, joinAs, makeGroup, makeOrganization, makePerson, makeRoom, type TestPerson } from "./people";

/** One person's list, and how to add and remove its rows. */
export interface List {
  asker: TestPerson;
  given?: object;
  add: (name: string) => Promise<string>;
  remove: (id: string) => Promise<unknown>;
  /** Only for lists sorted by name. */
  rename?: (id: string, name: string) => Promise<unknown>;
}

export const listsOfPeople: Record<string, () => Promise<[List, List]>> = {
  "membership.list": async () => {
    const organization = await makeOrganization();
    const asker = await makePerson(organization);
    const listOf = async (): Promise<List> => {
      const room = await makeRoom(organization);
      return {
        asker,
        given: { roomId: room.id },
        async add(name) {
          const person = await makePerson(organization, { name });
          await joinAs("member", room, person);
          return person.id;
        },
        remove: (personId) => db().membership.delete({ where: { roomId_personId: { roomId: room.id, personId } } }),
        rename: (id, name) => db().person.update({ where: { id }, data: nameFields(name) }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "ban.list": async () => {
    const organization = await makeOrganization();
    const asker = organization.owner;
    const listOf = async (): Promise<List> => {
      const room = await makeRoom(organization);
      return {
        asker,
        given: { roomId: room.id },
        async add(name) {
          const person = await makePerson(organization, { name });
          await as(asker).do("ban.add", { roomId: room.id, personId: person.id });
          return person.id;
        },
        remove: (personId) => as(asker).do("ban.remove", { roomId: room.id, personId }),
        rename: (id, name) => db().person.update({ where: { id }, data: nameFields(name) }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "block.list": async () => {
    const organization = await makeOrganization();
    const listOf = async (): Promise<List> => {
      const asker = await makePerson(organization);
      return {
        asker,
        async add(name) {
          const person = await makePerson(organization, { name });
          await as(asker).do("block.add", { personId: person.id });
          return person.id;
        },
        remove: (personId) => as(asker).do("block.remove", { personId }),
        rename: (id, name) => db().person.update({ where: { id }, data: nameFields(name) }),
      };
    };
    return [await listOf(), await listOf()];
  },
  "group.members": async () => {
    const organization = await makeOrganization();
    const listOf = async (): Promise<List> => {
      const groupId = await makeGroup(organization);
      return {
        asker: organization.owner,
        given: { groupId },
        async add(name) {
          const person = await makePerson(organization, { name });
          const data = { organizationId: organization.id, groupId, personId: person.id };
          await db().groupMember.create({ data });
          return person.id;
        },
        remove: (personId) => db().groupMember.delete({ where: { groupId_personId: { groupId, personId } } }),
        rename: (id, name) => db().person.update({ where: { id }, data: nameFields(name) }),
      };
    };
    return [await listOf(), await listOf()];
  },
};
