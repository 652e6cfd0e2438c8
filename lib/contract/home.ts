import { z } from "zod";
import { Blocks } from "./block";
import { Draft } from "./draft";
import { limits } from "./limits";
import { Message } from "./message";
import { fields, Id, operation, Tick } from "./operation";
import { Organization } from "./organization-settings";
import { Person } from "./person";
import { Preferences } from "./preferences";
import { ChosenPresence } from "./presence";
import { Membership, Room, RoomEntry } from "./room";
import { ReactionChange } from "./reaction";
import { RoomInvite } from "./room-invite";
import { Sidebar } from "./section";
import { ThreadFollow, ThreadSummary } from "./thread-summary";

/**
 * The home: everything the first screen needs. It is one snapshot, so that later frames and `me` events continue from its
 * clocks. A clock is a number that grows with each change.
 */
export const Home = fields({
  organization: Organization,
  me: Person,
  email: z.string().nullable(),
  sessionId: Id,
  /** The groups that the caller is in. */
  groupIds: z.array(Id),
  /** The caller's clock when their groups last changed. Of two states, the one with the greater tick is newer. */
  groupsTick: Tick,
  sidebar: Sidebar,
  preferences: Preferences,
  /** What the caller chose to be seen as. */
  chosenPresence: ChosenPresence,
  blocks: Blocks,
  /** The beginnings of all drafts that are not empty. */
  drafts: z.array(Draft),
  /** The caller's own clock. The next `me` event continues from it. */
  clock: z.int(),
  /** The organization's clock. The next `organization` event continues from it. */
  organizationClock: z.int(),
  /** Changes when the database is restored from a backup. All clocks of the earlier state are then invalid. */
  epoch: z.string(),
  rooms: z.array(RoomEntry),
  /** The newest room invites that the caller has not answered, from nobody whom they have blocked. */
  invites: z.array(RoomInvite),
  /** The authors of the last messages, and the people of the direct rooms. */
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

/**
 * A change that only the caller receives:
 * - `entry`: they joined a room, or the entry of one of their rooms changed.
 * - `gone`: they left a room.
 * - `read`: they read more of a room, hid it, muted it, or moved it to another section.
 * - `groups`: their groups changed. `groupIds` has all groups that they are in now. The mentions of their rooms change with it: ask
 *   for the home again.
 * - `sidebar`: they changed the sections of their sidebar. It has all of them.
 * - `preferences`: they changed what they prefer. It has all preferences.
 * - `presence`: they chose what others see of them, or the choice has ended.
 * - `blocks`: they blocked or unblocked somebody. It has all people whom they block now. The unread messages and last messages of
 *   rooms change with it: ask for the home again.
 * - `draft`: their draft in a room or a thread changed. It has the beginning of the text.
 * - `thread`: they read more of a thread that they follow, marked it as unread, or chose whether to follow it.
 * - `invite`: a room invite was sent to them or by them, or has a new state.
 */
export const MeChange = z.discriminatedUnion("type", [
  fields({ type: z.literal("entry"), entry: RoomEntry }),
  fields({ type: z.literal("gone"), roomId: Id }),
  fields({ type: z.literal("read"), membership: Membership }),
  fields({ type: z.literal("groups"), groupIds: z.array(Id), tick: Tick }),
  fields({ type: z.literal("sidebar"), sidebar: Sidebar }),
  fields({ type: z.literal("preferences"), preferences: Preferences }),
  fields({ type: z.literal("presence"), chosenPresence: ChosenPresence }),
  fields({ type: z.literal("blocks"), blocks: Blocks }),
  fields({ type: z.literal("draft"), draft: Draft }),
  fields({ type: z.literal("thread"), follow: ThreadFollow }),
  fields({ type: z.literal("invite"), invite: RoomInvite }),
]);
export type MeChange = z.infer<typeof MeChange>;

/**
 * One room in the answer to a `sync`: its changes (`delta`), only its entry if there were too many changes (`limited`), or
 * that the caller is no longer a member (`gone`).
 */
export const RoomSync = z.discriminatedUnion("kind", [
  fields({
    kind: z.literal("delta"),
    from: z.int(),
    to: z.int(),
    rows: z.array(Message),
    room: Room.nullable(),
    /** As in a frame. */
    reactions: z.array(ReactionChange).optional(),
    threads: z.array(ThreadSummary).optional(),
  }),
  fields({ kind: z.literal("limited"), entry: RoomEntry }),
  fields({ kind: z.literal("gone") }),
]);
export type RoomSync = z.infer<typeof RoomSync>;

export const syncRooms = operation({
  name: "sync",
  http: "POST /api/sync",
  repeat: "safe",
  audit: null,
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
     * The caller's changes in `(from, to]` of their own clock. Each room, draft, thread and invite is there once, in its latest state.
     * Null if there are no changes, or if the home contains them. If `more` is true, call `sync` again for the rest.
     */
    me: fields({ from: z.int(), to: z.int(), changes: z.array(MeChange), more: z.boolean() }).nullable(),
    /**
     * The changes in `(from, to]` of the organization's clock. `people` has each changed person once. `listsChanged`
     * says whether groups, or the rooms that people can find, have changed. Null if there are no changes, or
     * if the epoch has changed.
     */
    organization: fields({
      from: z.int(),
      to: z.int(),
      /** The organization itself, if its name or settings changed. */
      organization: Organization.nullable(),
      people: z.array(Person),
      listsChanged: z.boolean(),
      more: z.boolean(),
    }).nullable(),
    rooms: z.record(Id, RoomSync),
    /** Rooms whose changes did not fit into this answer. Call `sync` again for them. */
    later: z.array(Id),
    people: z.array(Person),
  }),
  limit: { points: 30, seconds: 10 },
});
