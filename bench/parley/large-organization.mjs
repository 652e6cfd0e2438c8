// A large organization as it grows in years, written directly into the database.

const first = "Ada Bo Cleo Dev Elif Finn Gita Hana Ines Joao Kofi Lena Mira Nils Olga Paul Quinn Rosa Sami Tove".split(
  " ",
);
const last =
  "Abel Brandt Costa Diaz Eriksen Fischer Garcia Haas Ito Jensen Khan Larsen Mensah Novak Okafor Patel Quist Rossi Silva Tanaka".split(
    " ",
  );
const things = "Alpha Budget Customers Design Events Finance Garden Hiring Ideas Jobs".split(" ");

const text = (words) => `(ARRAY[${words.map((word) => `'${word}'`).join(", ")}])`;
/** SQL: a different name for each `n` from 0, as long as the product of the lists' lengths allows. */
const nameOf = (n, ...lists) =>
  lists
    .map((words, at) => {
      const step = lists.slice(0, at).reduce((product, { length }) => product * length, 1);
      return `${text(words)}[1 + (${n} / ${step}) % ${words.length}]`;
    })
    .join(" || ' ' || ");
/** SQL: a number from 0 to 1 that looks random, the same in each run. */
const chance = (n, prime) => `((${n}::int8 * ${prime}) % 10007 / 10007.0)`;

/**
 * Fills an organization that has one owner: `people` people, `rooms` rooms of 2 to 500 members, General with everybody, direct
 * rooms, groups, invites, and an audit log of 100,000 entries. The owner is in `mine` rooms with unread messages; the other rooms
 * have about `messages` messages together. `client` is the tables' owner. Foreign keys are not checked, because they hold by
 * construction.
 */
export async function fillLargeOrganization(client, { organizationId, ownerId, people, rooms, mine, messages }) {
  const run = (sql, ...values) => client.query(sql, [organizationId, ...values]);
  await client.query("BEGIN");
  await client.query("SET LOCAL session_replication_role = replica");
  await client.query(`
    CREATE TEMP TABLE big_person (n int PRIMARY KEY, id uuid NOT NULL) ON COMMIT DROP;
    CREATE TEMP TABLE big_group (n int PRIMARY KEY, id uuid NOT NULL) ON COMMIT DROP;
    CREATE TEMP TABLE big_room (n int PRIMARY KEY, id uuid NOT NULL, size int NOT NULL, messages int NOT NULL) ON COMMIT DROP`);

  // Number 0 is the owner.
  await client.query(
    `INSERT INTO big_person SELECT n, CASE WHEN n = 0 THEN $1::uuid ELSE uuidv7() END FROM generate_series(0, $2::int - 1) n`,
    [ownerId, people],
  );
  await run(`
    INSERT INTO "Person" (id, "organizationId", role, name, "nameOrder", handle, "deactivatedAt", "endsAt", "lastSeenAt")
    SELECT id, $1, (CASE WHEN n <= 20 THEN 'admin' WHEN n % 10 = 9 THEN 'guest' ELSE 'member' END)::"OrganizationRole",
      name, lower(name), 'p' || n,
      CASE WHEN n % 17 = 16 THEN now() - interval '1 day' END,
      CASE WHEN n % 10 = 9 AND n % 3 = 0 THEN now() + interval '30 days' END,
      CASE WHEN n % 20 <> 19 THEN now() - ${chance("n", 7919)} * interval '300 days' END
    FROM (SELECT n, id, ${nameOf("n", first, last, last)} AS name FROM big_person WHERE n > 0) p`);
  await run(`
    INSERT INTO "Session" (id, "organizationId", "personId", "expiresAt")
    SELECT uuidv7(), $1, id, now() + interval '10 days' FROM big_person, generate_series(1, 2) WHERE n > 0`);

  await run(`INSERT INTO big_group SELECT n, uuidv7() FROM generate_series(0, 79) n WHERE $1::uuid IS NOT NULL`);
  await run(`
    INSERT INTO "Group" (id, "organizationId", name, "nameOrder", handle)
    SELECT id, $1, name, lower(name), 'g' || n FROM (SELECT n, id, ${nameOf("n", things, last)} AS name FROM big_group) g`);
  // From 5 to 2,000 members.
  await run(
    `INSERT INTO "GroupMember" ("organizationId", "groupId", "personId")
    SELECT $1, g.id, p.id FROM big_group g CROSS JOIN generate_series(0, 4 + (1995 * power(0.9, g.n))::int) k
    JOIN big_person p ON p.n = (g.n * 61 + k * 7) % $2::int WHERE p.n % 10 <> 9`,
    people,
  );

  // Number 0 is General. The last 2,000 are direct rooms.
  await client.query(
    `INSERT INTO big_room
     SELECT n, uuidv7(), CASE WHEN n = 0 THEN $2 WHEN n < $1 THEN least($2, 2 + (498 * power(${chance("n", 6151)}, 18))::int) ELSE 2 END,
       CASE WHEN n = 0 THEN least(5000, $4::int / 10) WHEN n <= $3 THEN 120 ELSE (8 * $4::float8 / $1 * power(${chance("n", 3571)}, 7))::int END
     FROM generate_series(0, $1::int + 1999) n`,
    [rooms, people, mine, messages],
  );
  await client.query("ANALYZE big_person, big_room, big_group");
  await run(
    `INSERT INTO "Room" (id, "organizationId", kind, access, name, "nameKey", "nameOrder", "joinsEveryone", clock, "archivedAt", "createdAt")
    SELECT id, $1, (CASE WHEN direct THEN 'direct' ELSE 'channel' END)::"RoomKind",
      (CASE WHEN direct OR n % 5 = 4 THEN 'private' WHEN n % 5 = 3 THEN 'restricted' ELSE 'public' END)::"RoomAccess",
      CASE WHEN NOT direct THEN name END, CASE WHEN NOT direct THEN lower(name) END, CASE WHEN direct THEN '' ELSE lower(name) END,
      n = 0, messages, CASE WHEN n > $3 AND n % 40 = 39 THEN now() - interval '3 days' END, now() - interval '1 year'
    FROM (SELECT *, n >= $2 AS direct, CASE WHEN n = 0 THEN 'General' ELSE ${nameOf("n", things, last, first, things)} END AS name FROM big_room) r`,
    rooms,
    mine,
  );
  await run(
    `
    INSERT INTO "RoomGroup" ("organizationId", "roomId", "groupId")
    SELECT $1, r.id, g.id FROM big_room r JOIN big_group g ON g.n = r.n % 80 OR g.n = (r.n / 80) % 80
    WHERE r.n % 5 = 3 AND r.n < $2::int`,
    rooms,
  );
  await run(
    `INSERT INTO "Membership" ("organizationId", "roomId", "personId", role, "lastReadSeq", "readAtSeq", "personTick")
    SELECT $1, r.id, p.id, (CASE WHEN k = 0 THEN 'admin' ELSE 'member' END)::"RoomRole",
      CASE WHEN p.n = 0 THEN r.messages - 1 - r.n % 100 ELSE r.messages END, 0, 1
    FROM big_room r CROSS JOIN generate_series(0, r.size - 1) k
    JOIN big_person p ON p.n = CASE WHEN r.n = 0 THEN k WHEN r.n < $2 AND k = 0 THEN 0 ELSE 1 + (r.n * 37 + k * 7) % ($3::int - 1) END`,
    mine,
    people,
  );
  await run(
    `INSERT INTO "Message" (id, "organizationId", "roomId", "authorId", body, seq, "changedSeq", "createdAt")
    SELECT uuidv7(), $1, r.id, p.id, 'Message ' || k || ' of the log, as long as what people usually write.', k, k,
      now() - (r.messages - k) * interval '1 hour' - ${chance("r.n", 4001)} * interval '60 days'
    FROM big_room r CROSS JOIN generate_series(1, r.messages) k
    JOIN big_person p ON p.n = 1 + (r.n * 37 + 7 * (k % greatest(1, r.size - 1))) % ($2::int - 1)`,
    people,
  );
  await run(
    `INSERT INTO "RoomFigures" ("organizationId", "roomId", messages, people, "lastMessageAt", "countedSeq")
    SELECT $1, r.id, r.messages, r.size, CASE WHEN r.messages > 0 THEN now() - ${chance("r.n", 4001)} * interval '60 days' END, r.messages
    FROM big_room r`,
  );

  // The first link was used by most people.
  await run(`
    INSERT INTO "Invite" (id, "organizationId", "tokenHash", "creatorId", "createdAt")
    SELECT uuidv7(-k * interval '1 hour'), $1, p.id || '-' || k, p.id, now() - k * interval '1 hour'
    FROM generate_series(1, 500) k JOIN big_person p ON p.n = k % 20`);
  await run(`
    INSERT INTO "InviteUse" ("organizationId", "inviteId", "personId", "usedAt")
    SELECT $1, i.id, p.id, now() - p.n * interval '1 minute' FROM big_person p
    JOIN (SELECT id, row_number() OVER (ORDER BY id DESC) AS place FROM "Invite" WHERE "organizationId" = $1) i
      ON i.place = CASE WHEN p.n % 5 > 0 THEN 1 ELSE 2 + p.n % 499 END
    WHERE p.n > 0`);
  await run(`
    INSERT INTO "JoinRequest" (id, "organizationId", "roomId", "personId")
    SELECT uuidv7(), $1, r.id, p.id FROM big_room r JOIN big_person p ON p.n = 1 + (r.n * 31) % 4000 WHERE r.n % 25 = 4`);
  await run(
    `INSERT INTO "AuditEntry" (id, "organizationId", "actorId", act, subject, "subjectId", "roomId", before, after, address, at)
    SELECT uuidv7(-k * interval '10 minutes'), $1, actor.id,
      CASE WHEN k % 4 = 0 THEN ${text(["person.deactivate", "person.endLogins", "organization.setRole"])}[1 + k / 4 % 3]
        WHEN k % 1000 = 1 THEN 'room.delete' ELSE ${text(["room.update", "membership.remove", "room.archive", "ban.add"])}[1 + k % 4] END,
      CASE WHEN k % 4 = 0 THEN 'person' ELSE 'room' END,
      CASE WHEN k % 4 = 0 THEN other.id ELSE r.id END, CASE WHEN k % 4 > 0 THEN r.id END,
      '{"name": "before"}', '{"name": "after"}', '192.0.2.1', now() - k * interval '10 minutes'
    FROM generate_series(1, 100000) k
    JOIN big_person actor ON actor.n = k % 21 JOIN big_person other ON other.n = 1 + k % ($3::int - 1)
    JOIN big_room r ON r.n = k % $2::int`,
    rooms,
    people,
  );
  const { rows } = await client.query(
    `SELECT (SELECT id FROM big_group WHERE n = 0) AS "groupId", (SELECT id FROM big_room WHERE n = 0) AS "generalId",
       (SELECT id FROM big_room WHERE n = $1) AS "roomId", (SELECT id FROM big_person WHERE n = 101) AS "personId"`,
    [rooms - 1],
  );
  await client.query("COMMIT");
  // So that Postgres knows what is there, and need not look up whether each row of an index is visible.
  await client.query(`VACUUM ANALYZE "Person", "Session", "Group", "GroupMember", "Room", "RoomGroup", "RoomFigures", "Membership",
    "Message", "Invite", "InviteUse", "JoinRequest", "AuditEntry"`);
  return rows[0];
}

/** SQL: a section of a sidebar with this `id` and name. */
const section = (name) =>
  `jsonb_build_object('id', id, 'name', ${name}, 'emoji', NULL, 'sort', 'name', 'isCollapsed', false, 'isUnreadOnly', false)`;

/** Puts the owner into `count` of the direct rooms, and all their rooms into 12 sections. */
export async function addConversations(client, { organizationId, ownerId, count }) {
  await client.query("BEGIN");
  await client.query("SET LOCAL session_replication_role = replica");
  await client.query(
    `UPDATE "Membership" m SET "personId" = $2, "lastReadSeq" = 0 FROM (
       SELECT r.id, (SELECT min("personId"::text)::uuid FROM "Membership" WHERE "roomId" = r.id) AS "firstId"
       FROM "Room" r WHERE r."organizationId" = $1 AND r.kind = 'direct' ORDER BY r.id LIMIT $3) direct
     WHERE m."roomId" = direct.id AND m."personId" = direct."firstId"`,
    [organizationId, ownerId, count],
  );
  await client.query(
    `UPDATE "Room" r SET "directIds" = ARRAY(SELECT m."personId" FROM "Membership" m WHERE m."roomId" = r.id)
     WHERE r."organizationId" = $1 AND r.kind = 'direct'`,
    [organizationId],
  );
  await client.query(
    `WITH own AS (SELECT n, uuidv7() AS id FROM generate_series(1, 12) n), log AS (
       INSERT INTO "PersonLog" ("organizationId", "personId", "sections")
       SELECT $1, $2, jsonb_agg(${section("'Section ' || n")} ORDER BY n) || (
         SELECT jsonb_agg(${section("NULL")}) FROM unnest(ARRAY['favourites', 'rooms', 'directs']) id) FROM own
       ON CONFLICT ("personId") DO UPDATE SET "sections" = excluded."sections"),
     mine AS (SELECT "roomId", row_number() OVER (ORDER BY "roomId") AS place FROM "Membership" WHERE "personId" = $2)
     UPDATE "Membership" m SET "sectionId" = own.id::text FROM own JOIN mine ON mine.place % 12 = own.n - 1
     WHERE m."personId" = $2 AND m."roomId" = mine."roomId"`,
    [organizationId, ownerId],
  );
  await client.query("COMMIT");
  await client.query(`VACUUM ANALYZE "Room", "Membership"`);
}
