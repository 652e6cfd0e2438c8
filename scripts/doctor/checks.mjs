// Invariants of every Parley database. Foreign keys are checked by `examine.mjs`. Each statement selects the `id`s of damaged
// rows. `finding` completes the sentence "<count> ...".
//
// Each room has a clock. Each change in the room increments the clock (a tick). The changed row stores the clock's new value: as
// `seq` if it is a new message, else as `changedSeq`. So no row can have a higher value than its room's clock.
export const checks = [
  {
    finding: "rooms have a clock behind their log: a message was sent or changed after the latest tick",
    sql: `SELECT r."id" FROM "Room" r
          WHERE EXISTS (SELECT 1 FROM "Message" m WHERE m."roomId" = r."id" AND m."changedSeq" > r."clock")
             OR EXISTS (SELECT 1 FROM "Message" m WHERE m."roomId" = r."id" AND m."seq" > r."clock")`,
  },
  {
    finding: "rooms were changed after the latest tick of their clock",
    sql: `SELECT "id" FROM "Room" WHERE "changedSeq" > "clock"`,
  },
  {
    finding: "messages have the same position (seq) as another message in their room",
    sql: `SELECT "id" FROM (SELECT "id", count(*) OVER (PARTITION BY "roomId", "seq") AS n FROM "Message") p WHERE n > 1`,
  },
  {
    finding: "messages have an impossible place, or were changed before they were sent",
    sql: `SELECT "id" FROM "Message" WHERE "seq" < 1 OR "changedSeq" < "seq"`,
  },
  {
    finding: "memberships have a read position (lastReadSeq) higher than their room's clock",
    sql: `SELECT m."roomId" || '/' || m."personId" AS id FROM "Membership" m JOIN "Room" r ON r."id" = m."roomId"
          WHERE m."lastReadSeq" > r."clock"`,
  },
  {
    finding: "memberships have a joining position (joinedSeq) higher than their room's clock",
    sql: `SELECT m."roomId" || '/' || m."personId" AS id FROM "Membership" m JOIN "Room" r ON r."id" = m."roomId"
          WHERE m."joinedSeq" > r."clock"`,
  },
  {
    finding: "memberships begin to see their room (floorSeq) after its clock",
    sql: `SELECT m."roomId" || '/' || m."personId" AS id FROM "Membership" m JOIN "Room" r ON r."id" = m."roomId"
          WHERE m."floorSeq" > r."clock"`,
  },
  {
    finding: "restricted rooms are open to no group, and not marked as rooms of owners and admins",
    sql: `SELECT r."id" FROM "Room" r WHERE r."access" = 'restricted' AND NOT r."forAdmins"
          AND NOT EXISTS (SELECT 1 FROM "RoomGroup" g WHERE g."roomId" = r."id")`,
  },
  {
    finding: "memberships are of people who are banned from the room",
    sql: `SELECT m."roomId" || '/' || m."personId" AS id FROM "Membership" m
          JOIN "Ban" b ON b."roomId" = m."roomId" AND b."personId" = m."personId"`,
  },
  {
    finding: "revisions belong to a different organization than their message",
    sql: `SELECT v."id" FROM "MessageRevision" v JOIN "Message" m ON m."id" = v."messageId"
          WHERE v."organizationId" <> m."organizationId"`,
  },
  {
    finding: "messages are pinned by nobody, or by someone of another organization",
    sql: `SELECT m."id" FROM "Message" m WHERE m."pinnedAt" IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM "Person" p WHERE p."organizationId" = m."organizationId" AND p."id" = m."pinnedById")`,
  },
  {
    finding: "messages quote a message of another room",
    sql: `SELECT m."id" FROM "Message" m JOIN "Message" q ON q."organizationId" = m."organizationId" AND q."id" = m."replyToId"
          WHERE q."roomId" <> m."roomId"`,
  },
  {
    finding: "replies are in a thread of another room, or reply to a reply or a notice",
    sql: `SELECT m."id" FROM "Message" m JOIN "Message" q ON q."organizationId" = m."organizationId" AND q."id" = m."threadId"
          WHERE q."roomId" <> m."roomId" OR q."threadId" IS NOT NULL OR q.kind = 'notice'`,
  },
  {
    finding: "rooms have changed pins after the latest tick of their clock",
    sql: `SELECT "id" FROM "Room" WHERE "pinsSeq" > "clock"`,
  },
  {
    finding: "deleted messages still have their text",
    sql: `SELECT m."id" FROM "Message" m WHERE m."deletedAt" IS NOT NULL
          AND (m."body" IS NOT NULL OR EXISTS (SELECT 1 FROM "MessageRevision" v WHERE v."messageId" = m."id"))`,
  },
  {
    finding: "sessions belong to a login of another account",
    sql: `SELECT s."id" FROM "Session" s JOIN "Login" l ON l."id" = s."loginId" JOIN "Person" p ON p."id" = s."personId"
          WHERE p."accountId" IS DISTINCT FROM l."accountId"`,
  },
  {
    finding: "sessions are still valid although their login has ended",
    sql: `SELECT s."id" FROM "Session" s JOIN "Login" l ON l."id" = s."loginId"
          WHERE l."endedAt" IS NOT NULL AND s."revokedAt" IS NULL AND s."expiresAt" > now()`,
  },
  {
    finding: "organizations have no active owner",
    sql: `SELECT o."id" FROM "Organization" o WHERE NOT EXISTS (
            SELECT 1 FROM "Person" p
            WHERE p."organizationId" = o."id" AND p."role" = 'owner' AND p."deactivatedAt" IS NULL)`,
  },
];
