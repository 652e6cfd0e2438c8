import type { Home } from "@/lib/contract/home";
import type { Stores } from "../parley";
import { createConnectionStore } from "./connection";
import { createListsStore } from "./lists";
import { createMessagesStore } from "./messages";
import { createOutboxStore } from "./outbox";
import { createPeopleStore } from "./people";
import { createPresenceStore } from "./presence";
import { createRoomsStore } from "./rooms";
import { createTextsStore } from "./texts";
import { createTypingStore } from "./typing";

export function createStores(home: Home): Stores {
  return {
    connection: createConnectionStore(),
    rooms: createRoomsStore(home),
    lists: createListsStore(),
    people: createPeopleStore([...home.people, home.me]),
    presence: createPresenceStore(),
    typing: createTypingStore(),
    messages: createMessagesStore(),
    outbox: createOutboxStore(),
    texts: createTextsStore(),
  };
}
