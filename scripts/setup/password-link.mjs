import { createHash, randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { connect } from "./database.mjs";
import { PlainError } from "./plain-error.mjs";

// The people who sign in with an email. "makerId" is an active owner who counts as the link's creator: the person themselves if
// they are an owner.
const FIND_PERSON = `
  SELECT p.id, p."organizationId", o.id AS "makerId",
    (SELECT count(*) FROM "Person" WHERE "accountId" = a.id) AS "peopleCount"
  FROM "Account" a
  JOIN "Person" p ON p."accountId" = a.id AND p."deactivatedAt" IS NULL
  JOIN LATERAL (
    SELECT id FROM "Person"
    WHERE "organizationId" = p."organizationId" AND role = 'owner' AND "deactivatedAt" IS NULL
    ORDER BY id = p.id DESC LIMIT 1
  ) o ON true
  WHERE a.email = $1`;

/** Creates the same link as the operation `password.link` (lib/domain/password/link.ts), and returns its token. */
export async function makePasswordLink(url, typedEmail) {
  const email = typedEmail.normalize("NFKC").trim().toLowerCase();
  const client = await connect(url);
  try {
    const { rows } = await client.query(FIND_PERSON, [email]);
    if (rows.length === 0)
      throw new PlainError(`No active account signs in with ${email}. Check the address, and that an owner is active.`);
    if (rows.length > 1 || Number(rows[0].peopleCount) > 1)
      throw new PlainError(`${email} is used in several organizations: no link can set its password.`);
    const token = randomBytes(32).toString("base64url");
    const [{ id, organizationId, makerId }] = rows;
    await client.query(
      `WITH link AS (
         INSERT INTO "PasswordReset" (id, "organizationId", "personId", "makerId", "tokenHash", "expiresAt")
         VALUES ($1, $2, $3, $4, $5, now() + interval '1 day') RETURNING "expiresAt")
       INSERT INTO "AuditEntry" (id, "organizationId", act, subject, "subjectId", after, address, at)
       SELECT $6, $2, 'password.link', 'person', $3, json_build_object('expiresAt', "expiresAt"), '', now() FROM link`,
      [uuidv7(), organizationId, id, makerId, createHash("sha256").update(token).digest("base64url"), uuidv7()],
    );
    return token;
  } finally {
    await client.end();
  }
}
