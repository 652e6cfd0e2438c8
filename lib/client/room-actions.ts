import type { RoomEntry } from "@/lib/contract/room";
import { dropRoom, putEntry } from "./catch-up";
import type { Call } from "./http";
import type { Parley, RoomActions } from "./parley";
import type { RoomsStore } from "./stores/rooms";

/** What I can do about rooms. Replies are applied at once; the events that follow change nothing more. */
export function createRoomActions(options: {
  store: RoomsStore;
  call: Call;
  learn: Parley["people"]["learn"];
}): RoomActions {
  const { store, call, learn } = options;
  const put = (entry: RoomEntry) => {
    store.setState((state) => putEntry(state, entry));
    return entry;
  };
  return {
    join: async (roomId) => put(await call("membership.join", { roomId })),
    async leave(roomId) {
      await call("membership.leave", { roomId });
      store.setState((state) => dropRoom(state, roomId));
    },
    create: async (input) => put(await call("room.create", input)),
    add: (roomId, personIds) => call("membership.add", { roomId, personIds }),
    remove: (roomId, personId) => call("membership.remove", { roomId, personId }),
    async members(roomId, query, after) {
      const page = await call("membership.list", { roomId, ...asked(query, after) });
      learn(page.members.map((member) => member.person));
      return page;
    },
    browse: (query, after) => call("room.list", asked(query, after)),
    async findPeople(query) {
      const page = await call("person.list", asked(query));
      learn(page.people);
      return page;
    },
  };
}

function asked(query?: string, after?: string): { query?: string; after?: string } {
  return { ...(query && { query }), ...(after && { after }) };
}
