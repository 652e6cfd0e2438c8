import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, makeOrganization, nobody, outcome } from "@/tests/harness/people";

it("Without a mail server, an invite to an address gets a link to copy, which works once, for it alone, and proves nothing", async () => {
  const { owner } = await makeOrganization();
  const email = `nia-${crypto.randomUUID()}@example.org`;
  const { id } = await as(owner).do("invite.createForEmail", { email });
  const { token, invite } = await as(owner).do("invite.send", { inviteId: id });
  expect([typeof token, invite.sentAt]).toEqual(["string", null]);
  const join = (address: string) =>
    as(nobody()).ask("invite.accept", {
      token: token ?? "",
      name: "Nia",
      email: address,
      password: "this is my password",
    });
  expect(outcome(await join(`other-${email}`))).toBe("conflict");
  expect(outcome(await join(email))).toBe("ok");
  expect(await db().account.findUniqueOrThrow({ where: { email } })).toMatchObject({ emailProvenAt: null });
});
