import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { makeOrganization, makePerson } from "@/tests/harness/people";
import { makeHandle } from "./handle";

it("A handle is unique, and looks like no other", async () => {
  const organization = await makeOrganization();
  const take = async (name: string) => {
    const handle = await db().$transaction((tx) => makeHandle(tx, organization.id, name));
    const { id } = await makePerson(organization);
    await db().person.update({ where: { id }, data: { handle } });
    return handle;
  };
  expect(await take("Copa Lee")).toBe("copa");
  expect(await take("Copa May")).toBe("copa2");
  // All letters are Cyrillic.
  expect(await take("Сора")).toBe("сора3");
  expect(await take("Сора Ли")).toBe("сора4");
  expect(await take("Copal")).toBe("copal");
  // `here` and `room` are reserved: in a mention, `@here` means the people who are there now.
  expect(await take("Here Lee")).toBe("here2");
  expect(await take("Room service")).toBe("room2");
});
