// Writes people, sessions and rooms directly into the database, thousands in a few statements.
import { randomUUID } from "node:crypto";
import { tsImport } from "tsx/esm/api";
import { uuidv7 } from "uuidv7";

const { makeTokenSigner } = await tsImport("../../lib/server/signed-token.ts", import.meta.url);

const DAY_S = 86_400;

/**
 * Creates an organization of `count` signed-in people. `sign` has the cookie's name and secret. Resolves to
 * { id, handle, epoch, people: [{ id, sessionId, cookie }] }.
 */
export async function makeOrganization(client, count, sign) {
  const [id, epoch] = [uuidv7(), randomUUID()];
  const handle = `o-${id.slice(-12)}`;
  const signer = makeTokenSigner(sign.authSecret, "session");
  const people = Array.from({ length: count }, () => {
    const [sessionId, accountId] = [uuidv7(), uuidv7()];
    return {
      id: uuidv7(),
      accountId,
      sessionId,
      cookie: `${sign.cookie}=${signer.sign([sessionId, accountId], DAY_S)}`,
    };
  });
  const column = (name) => people.map((person) => person[name]);
  await client.query(`INSERT INTO "Organization" (id, name, handle, epoch) VALUES ($1, 'Larkfield', $2, $3)`, [
    id,
    handle,
    epoch,
  ]);
  await client.query(
    `INSERT INTO "Account" (id, email, "passwordHash") SELECT a, a || '@example.org', 'none' FROM unnest($1::uuid[]) a`,
    [column("accountId")],
  );
  await client.query(
    `INSERT INTO "Person" (id, "organizationId", "accountId", name, handle)
     SELECT p, $1, a, 'Mia Member', 'm' || substr(translate(p::text, '-', ''), 3) FROM unnest($2::uuid[], $3::uuid[]) AS x(p, a)`,
    [id, column("id"), column("accountId")],
  );
  await client.query(
    `INSERT INTO "Login" (id, "accountId") SELECT s, a FROM unnest($1::uuid[], $2::uuid[]) AS x(s, a)`,
    [column("sessionId"), column("accountId")],
  );
  await client.query(
    `INSERT INTO "Session" (id, "loginId", "organizationId", "personId", "expiresAt")
     SELECT s, s, $1, p, now() + interval '1 day' FROM unnest($2::uuid[], $3::uuid[]) AS x(s, p)`,
    [id, column("sessionId"), column("id")],
  );
  return { id, handle, epoch, people };
}

/** Creates a room for each of these lists of members, with an empty log. Resolves to the rooms' ids. */
export async function makeRooms(client, organization, memberships) {
  const ids = memberships.map(() => uuidv7());
  await client.query(
    `INSERT INTO "Room" (id, "organizationId", name, "nameKey")
     SELECT r, $1, 'room ' || r, 'room ' || r FROM unnest($2::uuid[]) r`,
    [organization.id, ids],
  );
  const pairs = memberships.flatMap((members, at) =>
    members.map((person) => ({ roomId: ids[at], personId: person.id })),
  );
  await client.query(
    `INSERT INTO "Membership" ("organizationId", "roomId", "personId")
     SELECT $1, r, p FROM unnest($2::uuid[], $3::uuid[]) AS x(r, p)`,
    [organization.id, pairs.map(({ roomId }) => roomId), pairs.map(({ personId }) => personId)],
  );
  return ids;
}

/**
 * Appends `count` messages of one author to each of these rooms. Foreign keys are not checked, because they hold by
 * construction; so a million messages take seconds.
 */
export async function fillRooms(client, organization, roomIds, author, count) {
  await client.query("BEGIN");
  await client.query("SET LOCAL session_replication_role = replica");
  await client.query(
    `INSERT INTO "Message" (id, "organizationId", "roomId", "authorId", body, seq, "changedSeq")
     SELECT gen_random_uuid(), $1, r.id, $3, 'Message ' || n || ' of the log, as long as what people usually write.',
       r.clock + n, r.clock + n
     FROM "Room" r, generate_series(1, $4::int) n WHERE r.id = ANY($2::uuid[])`,
    [organization.id, roomIds, author.id, count],
  );
  await client.query(`UPDATE "Room" SET clock = clock + $2 WHERE id = ANY($1::uuid[])`, [roomIds, count]);
  await client.query("COMMIT");
}
