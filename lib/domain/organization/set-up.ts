import { uuidv7 } from "uuidv7";
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
import { organizationExists } from "./exists";
import { makeOrganizationHandle } from "./handle";
import { createWithOwner, lockNewOrganizations } from "./with-owner";

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
      await lockNewOrganizations(tx);
      if (await organizationExists(tx)) throw gone();
      const account = await tx.account.create({ data: { id: uuidv7(), email: input.email, passwordHash } });
      const { organization, person: owner } = await createWithOwner(tx, {
        name: input.organization,
        handle: await makeOrganizationHandle(tx, input.organization),
        rooms: input.rooms,
        owner: { accountId: account.id, name: input.name },
      });
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
