import { limits } from "@/lib/contract/limits";
import { type OrganizationLosses, showOrganizationLosses } from "@/lib/contract/own-organizations";
import { isAlone, isLastOwner } from "@/lib/domain/person/find-administered";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";

type Row = OrganizationLosses["rooms"][number] & { roomCount: number };

export default handle(showOrganizationLosses, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor }) {
    const { personId, organizationId, role } = actor;
    const groups = await tx.group.findMany({
      where: { organizationId, members: { some: { personId } } },
      select: { id: true, name: true },
      orderBy: [{ nameOrder: "asc" }, { id: "asc" }],
    });
    const rows = await tx.$queryRaw<Row[]>`
      SELECT r.id, coalesce(r.name, '') AS name, r.access, m.role,
        m.role = 'admin' AND NOT EXISTS (
          SELECT 1 FROM "Membership" o WHERE o."roomId" = r.id AND o.role = 'admin' AND o."isCounted"
            AND o."personId" <> m."personId") AS "isLastAdmin",
        (count(*) OVER ())::int AS "roomCount"
      FROM "Membership" m JOIN "Room" r ON r.id = m."roomId"
      WHERE m."personId" = ${personId}::uuid AND r.kind = 'channel'
      ORDER BY r.access = 'public', r."nameOrder", r.id LIMIT ${limits.namedLosses}`;
    const person = { id: personId, organizationId, role };
    return {
      isLastOwner: await isLastOwner(tx, person),
      isAlone: await isAlone(tx, person),
      rooms: rows.map(({ roomCount: _, ...room }) => room),
      roomCount: rows[0]?.roomCount ?? 0,
      groups,
    };
  },
});
