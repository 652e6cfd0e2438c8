import { type Home, showHome } from "@/lib/contract/home";
import { blocksPeople, noBlocks, readBlocks } from "@/lib/domain/block/blocks";
import { draftsOf } from "@/lib/domain/draft/drafts";
import type { Organization } from "@/lib/contract/organization-settings";
import type { Person } from "@/lib/contract/person";
import { organizationColumns, parseOrganizationJson } from "@/lib/domain/organization/to-organization";
import { parsePersonJson, peopleIn, personColumns } from "@/lib/domain/person/to-person";
import { toPreferences } from "@/lib/domain/preferences/preferences";
import { toChosenPresence } from "@/lib/domain/presence/chosen";
import { entriesOf } from "@/lib/domain/room/entries";
import { pendingInvites } from "@/lib/domain/room-invite/pending";
import { toSidebar } from "@/lib/domain/section/sidebar";
import { yes } from "@/lib/policy/decision";
import type { Actor } from "@/lib/server/actor";
import type { PersonLog } from "@/lib/generated/prisma/client";
import { named, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";

type OwnLog = Omit<PersonLog, "organizationId" | "personId">;

interface OwnRow {
  me: Person;
  organization: Organization;
  email: string | null;
  groupIds: string[];
  /** Whether there are blocks, drafts, and pending invites. Most people have none, and these queries take Prisma 5 ms. */
  blocksPeople: boolean;
  hasDrafts: boolean;
  isInvited: boolean;
  log: OwnLog | null;
  organizationClock: number;
  epoch: string;
}

/** Reads what is the caller's own, and the organization, in one statement: Prisma would need six. */
async function ownRow(tx: Tx, { personId }: Actor): Promise<OwnRow> {
  const [row] = await tx.$queryRaw<[OwnRow & (OwnLog | { clock: null })]>`${named("own")}
    SELECT (SELECT row_to_json(x) FROM (SELECT ${personColumns}) x) AS me,
      (SELECT row_to_json(x) FROM (SELECT ${organizationColumns}) x) AS organization,
      (SELECT a.email FROM "Account" a WHERE a.id = p."accountId") AS email,
      ARRAY(SELECT g."groupId" FROM "GroupMember" g WHERE g."personId" = p.id) AS "groupIds",
      ${blocksPeople} AS "blocksPeople",
      EXISTS (SELECT 1 FROM "Draft" d WHERE d."personId" = p.id AND d.text <> '') AS "hasDrafts",
      EXISTS (SELECT 1 FROM "RoomInvite" i WHERE i."personId" = p.id AND i.state = 'pending') AS "isInvited",
      l.clock, l."groupsTick", l.sections, l."sectionsTick", l.preferences, l."preferencesTick",
      l.presence, l."presenceUntil", l."presenceTick", l."blocksTick",
      coalesce(ol.clock, 0) AS "organizationClock", o.epoch
    FROM "Person" p JOIN "Organization" o ON o.id = p."organizationId"
    LEFT JOIN "PersonLog" l ON l."personId" = p.id
    LEFT JOIN "OrganizationLog" ol ON ol."organizationId" = o.id
    WHERE p.id = ${personId}::uuid`;
  const log = row.clock === null ? null : row;
  return { ...row, log, me: parsePersonJson(row.me), organization: parseOrganizationJson(row.organization) };
}

/** Reads the home: everything that a person's first screen needs. The answer is consistent only if `tx` is a snapshot. */
export async function homeOf(tx: Tx, actor: Actor): Promise<Home> {
  const { personId, organizationId, sessionId } = actor;
  const { me, organization, ...own } = await ownRow(tx, actor);
  const rooms = await entriesOf(tx, personId);
  return {
    organization,
    me,
    email: own.email,
    sessionId,
    groupIds: own.groupIds,
    groupsTick: own.log?.groupsTick ?? 0,
    sidebar: toSidebar(own.log),
    preferences: toPreferences(own.log),
    chosenPresence: toChosenPresence(own.log),
    blocks: own.blocksPeople ? await readBlocks(tx, personId, own.log) : noBlocks(own.log),
    drafts: own.hasDrafts ? await draftsOf(tx, personId) : [],
    clock: own.log?.clock ?? 1,
    organizationClock: own.organizationClock,
    epoch: own.epoch,
    rooms,
    invites: own.isInvited ? await pendingInvites(tx, actor) : [],
    people: await peopleIn(
      tx,
      organizationId,
      rooms.map((entry) => entry.lastMessage),
      rooms.flatMap(({ room }) => room.directIds),
    ),
  };
}

export default handle(showHome, {
  mode: "snapshot",
  load: async () => ({}),
  allow: () => yes,
  run: ({ tx, actor }) => homeOf(tx, actor),
});
