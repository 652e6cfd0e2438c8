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

it("Without a mail server, whoever is in another organization is told beforehand that another address helps", async () => {
  const [{ owner }, elsewhere] = [await makeOrganization(), await makeOrganization()];
  const { token } = await as(owner).do("invite.create", {});
  const landing = await as(elsewhere.owner).do("invite.show", { token });
  expect(landing).toMatchObject({ obstacle: expect.stringMatching(/sends no emails.*another email address/) });
  const refused = await as(elsewhere.owner).ask("invite.join", { token });
  expect(refused).toMatchObject({ error: { message: landing.state === "open" ? landing.obstacle : "" } });
});
