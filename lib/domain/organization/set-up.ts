import { randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { defaultRooms } from "@/lib/contract/default-rooms";
import { setUp } from "@/lib/contract/organization";
import { yes } from "@/lib/policy/decision";
import { hashQueueOfAddress } from "@/lib/domain/session/throttle";
import type { Caller } from "@/lib/server/actor";
import { limitKeyOf } from "@/lib/server/address";
import { AppError } from "@/lib/server/app-error";
import { db } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { takePoint } from "@/lib/server/rate-limit";
import { hashPassword } from "@/lib/server/secret";
import { asksSetupCode, isSetupCode } from "@/lib/server/setup-code";
import { nameFields } from "../page-by-name";
import { makeHandle } from "@/lib/domain/person/handle";
import { organizationExists } from "./exists";
import { makeOrganizationHandle } from "./handle";
import { makeRoom } from "./make-room";

const gone = () => new AppError("gone", "Parley is already set up. Sign in, or ask an admin for an invite.");

export default handle(setUp, {
  // The password is hashed before the transaction, so that no connection is in use meanwhile.
  mode: "none",
  load: async () => ({}),
  allow: () => yes,
  async run({ input, caller }) {
    if (await organizationExists()) throw gone();
    await requireCode(caller, input.code);
    const passwordHash = await hashPassword(input.password, hashQueueOfAddress(caller.address));
    return db().$transaction(async (tx) => {
      // If two people set up at once, the second waits here and then finds the organization of the first.
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(72700001)::text`;
      if (await organizationExists(tx)) throw gone();
      const organization = await tx.organization.create({
        data: {
          id: uuidv7(),
          name: input.organization,
          handle: await makeOrganizationHandle(tx, input.organization),
          epoch: randomUUID(),
        },
      });
      const account = await tx.account.create({ data: { id: uuidv7(), email: input.email, passwordHash } });
      const owner = await tx.person.create({
        data: {
          id: uuidv7(),
          organizationId: organization.id,
          accountId: account.id,
          role: "owner",
          ...nameFields(input.name),
          handle: await makeHandle(tx, organization.id, input.name),
        },
      });
      const wanted = new Set(input.rooms);
      for (const room of defaultRooms) {
        if (room.joinsEveryone || wanted.has(room.name)) await makeRoom(tx, organization.id, owner.id, room);
      }
      return { organizationId: organization.id, personId: owner.id, handle: organization.handle };
    });
  },
});

const wrongCodes = { points: 10, seconds: 60 };

/** Only wrong codes count towards the limit, so that strangers cannot lock out the person who has the right code. */
async function requireCode(caller: Caller, code: string | undefined): Promise<void> {
  if (!asksSetupCode(caller) || (code && isSetupCode(code))) return;
  if (code) await takePoint("set-up.code", limitKeyOf(caller.address) ?? "everybody", wrongCodes);
  const sentence = code
    ? "That code isn't right. Use the one Parley printed when it started."
    : "Enter the setup code Parley printed when it started.";
  throw new AppError("forbidden", sentence, { code: sentence });
}
