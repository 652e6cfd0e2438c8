import type { MeChange } from "@/lib/contract/home";
import { readBlocks } from "@/lib/domain/block/blocks";
import { draftsIn } from "@/lib/domain/draft/drafts";
import { groupIdsOf } from "@/lib/domain/group/of-person";
import type { Output } from "@/lib/contract/index";
import { toPreferences } from "@/lib/domain/preferences/preferences";
import { toChosenPresence } from "@/lib/domain/presence/chosen";
import { entriesOf } from "@/lib/domain/room/entries";
import { roomInviteFields, toRoomInvite } from "@/lib/domain/room-invite/to-room-invite";
import { followsOf } from "@/lib/domain/thread/follows";
import { toSidebar } from "@/lib/domain/section/sidebar";
import type { Tx } from "@/lib/server/db";

/** About how many rooms and invites one answer has. It can have a few more, because it never splits a tick. */
const maxChanges = 100;

/**
 * Reads what changed in a person's own log after the tick `from`: their rooms, their read positions, their groups, their
 * sidebar, their preferences, their choice of presence, whom they block, their drafts, their threads, and the room invites that they
 * received or sent. Each room, draft, thread and invite occurs once, in its latest state. `tx` must read from one snapshot, or the answer may be
 * inconsistent.
 */
export async function myChanges(tx: Tx, personId: string, from: number): Promise<NonNullable<Output<"sync">["me"]>> {
  const log = await tx.personLog.findUnique({ where: { personId } });
  const { clock, groupsTick, blocksTick } = log ?? { clock: 1, groupsTick: 0, blocksTick: 0 };
  const [sidebar, preferences, chosenPresence] = [toSidebar(log), toPreferences(log), toChosenPresence(log)];
  const changed = await tx.$queryRaw<
    { id: string; tick: number; kind: "membership" | "gone" | "invite" | "draft" | "thread" }[]
  >`
    SELECT "roomId" AS id, "personTick" AS tick, 'membership' AS kind FROM "Membership"
    WHERE "personId" = ${personId}::uuid AND "personTick" > ${from}
    UNION ALL
    SELECT key::uuid, tick, 'gone' FROM "Gone" WHERE "logId" = ${personId}::uuid AND kind = 'membership' AND tick > ${from}
    UNION ALL
    SELECT "threadId", tick, 'thread' FROM "ThreadFollow" WHERE "personId" = ${personId}::uuid AND tick > ${from}
    UNION ALL
    SELECT id, "personTick", 'invite' FROM "RoomInvite" WHERE "personId" = ${personId}::uuid AND "personTick" > ${from}
    UNION ALL
    SELECT id, "inviterTick", 'invite' FROM "RoomInvite" WHERE "inviterId" = ${personId}::uuid AND "inviterTick" > ${from}
    UNION ALL
    SELECT "roomId", tick, 'draft' FROM "Draft" WHERE "personId" = ${personId}::uuid AND tick > ${from}
    ORDER BY tick`;
  const lastTick = changed[maxChanges - 1]?.tick ?? clock;
  const included = changed.filter(({ tick }) => tick <= lastTick);
  const more = included.length < changed.length;
  const to = more ? lastTick : clock;
  const idsOf = (wanted: (typeof changed)[number]["kind"]) =>
    included.filter(({ kind }) => kind === wanted).map(({ id }) => id);
  const [memberRoomIds, inviteIds, draftRoomIds] = [idsOf("membership"), idsOf("invite"), idsOf("draft")];
  const threadIds = idsOf("thread");
  const follows =
    threadIds.length > 0 ? [...(await followsOf(tx, { personIds: [personId], threadIds })).values()].flat() : [];
  const entries = memberRoomIds.length > 0 ? await entriesOf(tx, personId, memberRoomIds) : [];
  const invites =
    inviteIds.length > 0
      ? await tx.roomInvite.findMany({ where: { id: { in: inviteIds } }, include: roomInviteFields })
      : [];
  const drafts = draftRoomIds.length > 0 ? await draftsIn(tx, personId, draftRoomIds) : [];
  return {
    from,
    to,
    more,
    changes: [
      // Blocks and groups come first: the client accepts only entries that were read with those that it knows.
      ...(blocksTick > from && blocksTick <= to
        ? [{ type: "blocks" as const, blocks: await readBlocks(tx, personId, log) }]
        : []),
      ...(groupsTick > from && groupsTick <= to
        ? [
            {
              type: "groups" as const,
              groupIds: (await groupIdsOf(tx, [personId])).get(personId) ?? [],
              tick: groupsTick,
            },
          ]
        : []),
      ...idsOf("gone").map((roomId): MeChange => ({ type: "gone", roomId })),
      ...entries.map((entry): MeChange => ({ type: "entry", entry })),
      ...(sidebar.tick > from && sidebar.tick <= to ? [{ type: "sidebar" as const, sidebar }] : []),
      ...(preferences.tick > from && preferences.tick <= to ? [{ type: "preferences" as const, preferences }] : []),
      ...(chosenPresence.tick > from && chosenPresence.tick <= to
        ? [{ type: "presence" as const, chosenPresence }]
        : []),
      ...drafts.map((draft): MeChange => ({ type: "draft", draft })),
      ...follows.map((follow): MeChange => ({ type: "thread", follow })),
      ...invites.map((row): MeChange => ({ type: "invite", invite: toRoomInvite(row, personId) })),
    ],
  };
}
