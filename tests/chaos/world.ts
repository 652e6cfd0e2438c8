import {
  joinAs,
  makeOrganization,
  makePeople,
  makeRoom,
  makeSession,
  type TestPerson,
  type TestRoom,
} from "../harness/people";

/** One organization: who is in it, and where they talk. */
export interface Village {
  organizationId: string;
  /** Is in every room from the beginning, and is never removed. */
  owner: Resident;
  people: Resident[];
  rooms: TestRoom[];
}

export interface Resident extends TestPerson {
  /** Logins that nobody has used yet. */
  spareSessions: string[];
}

const peopleEach = 5;
const spareEach = 12;

/** Organizations with people and rooms, everybody in every room. Rooms are private, so that only members may read. */
export async function settleVillages(count: number): Promise<Village[]> {
  const villages: Village[] = [];
  for (let number = 1; number <= count; number++) {
    const organization = await makeOrganization();
    const names = Array.from({ length: peopleEach }, (_, at) => ({ name: `Person ${number}.${at + 1}` }));
    const people = await makePeople(organization, names);
    const rooms: TestRoom[] = [];
    for (const access of ["private", "private", "private", "public"] as const) {
      rooms.push(await makeRoom(organization, { access }));
    }
    const [owner, ...residents] = await Promise.all([organization.owner, ...people].map(withSpares));
    for (const room of rooms) {
      await joinAs("admin", room, owner as Resident);
      await joinAs("member", room, ...people);
    }
    villages.push({ organizationId: organization.id, owner: owner as Resident, people: residents, rooms });
  }
  return villages;
}

async function withSpares(person: TestPerson): Promise<Resident> {
  const spareSessions: string[] = [];
  for (let made = 0; made < spareEach; made++) spareSessions.push(await makeSession(person));
  return { ...person, spareSessions };
}
