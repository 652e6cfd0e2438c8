// The first screen, the lists and the settings pages of an organization of 5,000 people and 5,000 rooms.
import { median, quantile } from "../figures.mjs";
import { addConversations, fillLargeOrganization } from "../parley/large-organization.mjs";
import { failed, shown, target } from "../targets.mjs";
import { withGenerator } from "./with-generator.mjs";

const DAY_MS = 86_400_000;

/** Every combination of these query parameters. */
const combined = (first, second) =>
  first.flatMap((one) => second.map((other) => [one, other].filter(Boolean).join("&")));

/** The rows of the table: what is read, as paths with their filters and sorts. */
function questionsOf({ groupId, generalId, roomId, personId }, ownerId) {
  const sorts = (...names) => names.map((name) => `sort=${name}`);
  const day = new Date(Date.now() - 2 * DAY_MS).toISOString();
  const acts = [
    "",
    `personId=${personId}`,
    `personId=${ownerId}`,
    `roomId=${roomId}`,
    "act=room.delete",
    `act=ban.add&personId=${ownerId}`,
  ];
  const roomFilters = ["", "access=private", "state=open", "state=archived", `groupId=${groupId}`];
  const peopleFilters = ["", "role=guest", "status=active", "status=deactivated", `groupId=${groupId}`];
  return [
    {
      what: "rooms page",
      path: "/api/rooms/all",
      queries: [
        ...combined(roomFilters, sorts("name", "activity", "people", "messages")),
        "query=garden",
        "query=budget%20khan",
      ],
    },
    {
      what: "people page",
      path: "/api/people/all",
      queries: [...combined(peopleFilters, sorts("name", "lastSeen", "newest")), "query=olga", "query=ada%20kahn"],
    },
    { what: "groups page", path: "/api/groups", queries: ["", "query=garden"] },
    { what: "members of a group", path: `/api/groups/${groupId}/members`, queries: ["", "query=olga"] },
    { what: "members of General", path: `/api/rooms/${generalId}/members`, queries: ["", "query=olga"] },
    { what: "invites page", path: "/api/invites", queries: [""] },
    {
      what: "audit page, 100,000 entries",
      path: "/api/audit",
      queries: [...acts, `since=${day}`, `until=${day}&act=ban.add`],
    },
    { what: "people finder", path: "/api/people", queries: ["", "query=o", "query=olga", "query=ada%20kahn"] },
    { what: "browse", path: "/api/rooms", queries: ["", "query=garden"] },
    // Last: the first requests of a process are slower, and a running server has had them.
    { what: "home", atMost: 60, path: "/api/home", queries: [""] },
  ];
}

/** Reads every list at each of its pages, by each filter and sort. */
export async function largeOrganization({ systems, quick, log }) {
  const parley = await systems.Parley();
  const [people, rooms, mine] = quick ? [500, 500, 50] : [5_000, 5_000, 200];
  log(`large organization: making ${shown(people)} people and ${shown(rooms)} rooms`);
  const organization = await parley.organization(1);
  const [owner] = organization.people;
  await parley.client.query(`UPDATE "Person" SET role = 'owner' WHERE id = $1`, [owner.id]);
  const size = { people, rooms, mine, messages: quick ? 10_000 : 200_000 };
  const ids = await fillLargeOrganization(parley.client, {
    organizationId: organization.id,
    ownerId: owner.id,
    ...size,
  });
  return withGenerator(async (generator) => {
    const rows = [];
    const faults = [];
    async function read({ what, path, queries, atMost = 100 }) {
      log(`large organization: reading the ${what}`);
      const asked = { person: { url: parley.urls[0], cookie: owner.cookie }, path, queries };
      await generator.ask("readPages", { ...asked, pages: 10 });
      const found = await generator.ask("readPages", { ...asked, pages: quick ? 5 : 60 });
      const took = Object.values(found.took).flat();
      const slowest = Object.entries(found.took).toSorted((a, b) => quantile(b[1], 0.95) - quantile(a[1], 0.95))[0];
      const detail = `p50 ${shown(median(took))} ms; ${took.length} requests; slowest: ${slowest[0] || "all"}, ${shown(quantile(slowest[1], 0.95))} ms`;
      const title = `${shown(people)} people, ${shown(rooms)} rooms, ${mine} of them mine: ${what}, p95`;
      rows.push(...failed([target(title, quantile(took, 0.95), { atMost, unit: " ms", detail })], found.faults));
      faults.push(...found.faults);
    }
    for (const question of questionsOf(ids, owner.id)) await read(question);
    await addConversations(parley.client, { organizationId: organization.id, ownerId: owner.id, count: mine / 2 });
    const what = `home with ${mine / 2} conversations and 12 sections`;
    await read({ what, atMost: 60, path: "/api/home", queries: [""] });
    return { rows, faults };
  });
}
