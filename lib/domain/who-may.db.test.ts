import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { OperationName } from "@/lib/contract/index";
import { handlers } from "@/lib/domain/index";
import { db } from "@/lib/server/db";
import { as, makeOrganization, nobody, outcome, type TestPerson, type Nobody } from "@/tests/harness/people";
import { makeWorld, samples, type World } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // this is not about limits

/** The owner of another organization: whoever may do most, elsewhere. */
const stranger = async () => (await makeOrganization()).owner;

// Who asks, in the order of the columns below. All but the first and the stranger are people of the organization;
// `removed` was in the room, `outsider`, `outsideGuest` and the admin never were.
const people = {
  nobody,
  deactivated: (world: World) => world.deactivated,
  stranger,
  outsider: (world: World) => world.outsider,
  outsideGuest: (world: World) => world.outsideGuest,
  removed: (world: World) => world.removed,
  admin: (world: World) => world.admin,
  guest: (world: World) => world.guest,
  member: (world: World) => world.member,
  moderator: (world: World) => world.moderator,
} satisfies Record<string, (world: World) => TestPerson | Nobody | Promise<TestPerson>>;

const letters = { "+": "ok", u: "unauthenticated", n: "not_found", f: "forbidden", g: "gone" } as const;
const inTheRoom = "uu nnnnn +++";
const everybodySignedIn = "uu ++++++++";
const everybody = "++++++++++";

/** Who may ask each operation's sample of a private room, a message of the owner's, an invite, a login: see `samples`. */
const table: { readonly [N in OperationName]: string } = {
  "organization.setup": "gggggggggg",
  // The stranger makes rooms in their own organization.
  "organization.addRooms": "uu +fff ffff",
  "home.show": everybodySignedIn,
  sync: everybodySignedIn,
  "room.list": everybodySignedIn,
  // Of a group that only `member` is in; who runs the organization may name any.
  "room.create": "uu nnnn+n+n",
  "room.show": inTheRoom,
  "room.read": inTheRoom,
  "room.type": inTheRoom,
  "membership.list": inTheRoom,
  "membership.add": "uu nnnnn f++",
  "membership.remove": "uu nnnnn ff+",
  // The public room, in which nobody is.
  "membership.join": "uu n+n++n++",
  "membership.leave": inTheRoom,
  "message.list": inTheRoom,
  "message.send": inTheRoom,
  "message.edit": "uu nnnnn fff",
  "message.delete": "uu nnnnn ff+",
  "message.history": inTheRoom,
  "person.list": everybodySignedIn,
  "group.list": everybodySignedIn,
  "presence.update": everybodySignedIn,
  // The stranger lists the invites of their own organization.
  "invite.list": "uu +fff+ fff",
  // Into the private room: not even the admin, who is not in it.
  "invite.create": "uu nfffn fff",
  "invite.revoke": "uu nfff+ fff",
  "invite.show": everybody,
  "invite.accept": everybody,
  "session.list": everybodySignedIn,
  "session.revoke": "uu nnnnnnnn",
  "session.end": everybodySignedIn,
  "password.change": "uu ffffffff",
  // Guests know nobody they share no room with.
  "password.link": "uu nfnf+ fff",
  "password.reset": everybody,
};

/** Everything stored of an organization that an operation could change. */
function stateOf({ organization: { id: organizationId } }: World) {
  const where = { organizationId };
  const byId = { orderBy: { id: "asc" } } as const;
  return Promise.all([
    db().person.findMany({ where, include: { account: true }, ...byId }),
    db().room.findMany({ where, include: { groups: true }, ...byId }),
    db().membership.findMany({ where, orderBy: [{ roomId: "asc" }, { personId: "asc" }] }),
    db().message.findMany({ where, include: { revisions: true }, ...byId }),
    db().invite.findMany({ where, ...byId }),
    db().session.findMany({ where, ...byId }),
    db().passwordReset.findMany({ where, ...byId }),
  ]);
}

/** The same question, about ids that nobody has. */
function aboutNothing(name: OperationName, world: World): unknown {
  return JSON.parse(JSON.stringify(samples[name](world)).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, () => uuidv7()));
}

const columns = Object.keys(people) as (keyof typeof people)[];

it.each(Object.entries(table) as [OperationName, string][])(
  "%s is answered as the table says, and refused without a trace",
  { timeout: 60_000 }, // up to ten worlds each
  async (name, row) => {
    const world = await makeWorld();
    const before = await stateOf(world);
    const answers = columns.map((who, column) => {
      return [who, letters[row.replaceAll(" ", "")[column] as keyof typeof letters]] as const;
    });
    for (const [who, expected] of answers.filter(([, answer]) => answer !== "ok")) {
      const asker = await people[who](world);
      const answer = await as(asker).send(name, samples[name](world));
      expect.soft(outcome(answer), who).toBe(expected);
      // What one may not know of is answered in the words of what does not exist.
      if (expected === "not_found")
        expect.soft(answer, who).toEqual(await as(asker).send(name, aboutNothing(name, world)));
    }
    expect(await stateOf(world)).toEqual(before);

    // What only reads, or concerns nobody but who asks, may be asked side by side in one world.
    const shared = row === everybodySignedIn || handlers[name].operation.http.startsWith("GET");
    const allowed = answers.filter(([, answer]) => answer === "ok");
    const asked = allowed.map(async ([who, expected]) => {
      const another = shared ? world : await makeWorld();
      const answer = await as(await people[who](another)).send(name, samples[name](another));
      expect.soft(outcome(answer), who).toBe(expected);
    });
    await Promise.all(asked);
  },
);
