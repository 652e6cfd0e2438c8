import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, operation, Tick } from "./operation";
import { Person } from "./person";
import { Membership, RoomEntry, RoomSync } from "./room";

export const Organization = fields({ id: Id, name: z.string() });
export type Organization = z.infer<typeof Organization>;

/** Everything the first screen needs. It is one snapshot, so that later frames and `me` events continue from its clocks. */
export const Home = fields({
  organization: Organization,
  me: Person,
  email: z.string().nullable(),
  sessionId: Id,
  /** Groups I am in. */
  groupIds: z.array(Id),
  /** The person's own clock. The next `me` event has the next tick. */
  clock: z.int(),
  /** The organization's clock. The next `organization` event continues from it. */
  organizationClock: z.int(),
  epoch: z.string(),
  rooms: z.array(RoomEntry),
  /** The authors of the last messages. */
  people: z.array(Person),
});
export type Home = z.infer<typeof Home>;

export const showHome = operation({
  name: "home.show",
  http: "GET /api/home",
  summary: "Get everything the first screen needs: you, your rooms and what's unread",
  input: fields({}),
  output: Home,
});

/** A change that only this person receives: they joined a room (`entry`), left one (`gone`) or read further (`read`). */
export const MeChange = z.discriminatedUnion("type", [
  fields({ type: z.literal("entry"), entry: RoomEntry }),
  fields({ type: z.literal("gone"), roomId: Id }),
  fields({ type: z.literal("read"), membership: Membership }),
]);
export type MeChange = z.infer<typeof MeChange>;

export const syncRooms = operation({
  name: "sync",
  http: "POST /api/sync",
  repeat: "safe",
  summary: "Catch up on what changed in your rooms, and about you, since these clocks",
  input: fields({
    rooms: z.record(Id, Tick).refine((rooms) => Object.keys(rooms).length <= limits.syncRooms, "Too many rooms."),
    me: Tick,
    /** The organization's clock. Without it, the answer has no `organization`. */
    organization: Tick.optional(),
    epoch: z.string().max(64),
  }),
  output: fields({
    epoch: z.string(),
    /** The latest home if the epoch has changed or `me` is 0, else null. */
    home: Home.nullable(),
    /**
     * What changed for the person in `(from, to]` of their own clock, each room once in its latest state. Null if nothing did,
     * or the home has it. With `more`, call `sync` again for the rest.
     */
    me: fields({ from: z.int(), to: z.int(), changes: z.array(MeChange), more: z.boolean() }).nullable(),
    /** The people who changed in `(from, to]` of the organization's clock, each once. Null if nobody did. */
    organization: fields({ from: z.int(), to: z.int(), people: z.array(Person), more: z.boolean() }).nullable(),
    rooms: z.record(Id, RoomSync),
    /** Rooms that changed too but did not fit into this answer. Call `sync` again for them. */
    later: z.array(Id),
    people: z.array(Person),
  }),
  limit: { points: 30, seconds: 10 },
});
