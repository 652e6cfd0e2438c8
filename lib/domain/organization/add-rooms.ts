import { nameKey } from "@/lib/contract/alike";
import { type DefaultRoom, defaultRooms } from "@/lib/contract/default-rooms";
import { addRooms } from "@/lib/contract/organization";
import { announceGroups } from "@/lib/domain/group/of-person";
import { addPeople } from "@/lib/domain/membership/add-people";
import { entriesOf } from "@/lib/domain/room/entries";
import { requireUniqueName } from "@/lib/domain/room/unique-name";
import { mayAddFirstRooms } from "@/lib/policy/organization";
import { activePerson } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { type Announce, handle } from "@/lib/server/handler";
import { lockOrganization } from "./lock";
import { isForAdmins, makeRoom } from "./make-room";

type FirstRoom = Omit<DefaultRoom, "isPreselected">;

/** The room to create for a name: the default room with the same name key, or else a public room. */
function firstRoomNamed(name: string): FirstRoom {
  const defaultRoom = defaultRooms.find((room) => nameKey(room.name) === nameKey(name));
  return defaultRoom ?? { name, description: "", access: "public", joinsEveryone: false, group: false };
}

export default handle(addRooms, {
  // If two requests come at once (two tabs, a double click), the second waits here and then finds the first one's rooms.
  async load({ tx, actor }) {
    if (mayAddFirstRooms(actor).ok) await lockOrganization(tx, actor.organizationId);
    return {};
  },
  allow: ({ actor }) => mayAddFirstRooms(actor),
  async run({ tx, actor, input, announce, audit }) {
    const { organizationId, personId } = actor;
    // If several names have the same key, the first one counts.
    const wanted = new Map(input.rooms.toReversed().map(({ name }) => [nameKey(name), firstRoomNamed(name)]));
    const existing = await tx.room.findMany({
      where: { organizationId, nameKey: { in: [...wanted.keys()] } },
      select: { nameKey: true },
    });
    for (const room of existing) wanted.delete(room.nameKey ?? "");
    const [createdIds, groupIds]: [string[], string[]] = [[], []];
    for (const room of wanted.values()) {
      await requireUniqueName(tx, organizationId, room.name, { prefix: `“${room.name}”: ` });
      const { roomId: id, groupId } = await makeRoom(tx, organizationId, personId, room);
      createdIds.push(id);
      audit({ act: "room.create", subjectId: id, roomId: id, after: { access: room.access } });
      if (groupId) groupIds.push(groupId);
      if (isForAdmins(room)) await addAdmins(tx, announce, { id, organizationId }, personId);
    }
    const rooms = await entriesOf(tx, personId, createdIds);
    for (const entry of rooms) announce.me(personId, { type: "entry", entry });
    if (groupIds.length > 0) await announceGroups(tx, announce, organizationId, groupIds, [personId]);
    return { rooms };
  },
});

/** Adds the current owners and admins. Later ones are added when they accept their invite. */
async function addAdmins(tx: Tx, announce: Announce, room: { id: string; organizationId: string }, byId: string) {
  const people = await tx.person.findMany({
    where: {
      organizationId: room.organizationId,
      role: { in: ["owner", "admin"] },
      ...activePerson(),
      id: { not: byId },
    },
    select: { id: true },
  });
  const personIds = people.map(({ id }) => id);
  await addPeople(tx, announce, room, personIds, {
    byId,
    notice: (added) => ({ type: "added", personIds: added }),
    isFollowing: true,
  });
}
