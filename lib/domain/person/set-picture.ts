import { setPicture } from "@/lib/contract/person";
import { replacePicture } from "@/lib/domain/picture/files";
import { yes } from "@/lib/policy/decision";
import { encodePicture } from "@/lib/server/encode-picture";
import { handle } from "@/lib/server/handler";
import { personFields, toPerson } from "./to-person";

export default handle(setPicture, {
  prepare: async ({ actor, input: { picture } }) => picture && encodePicture(picture, "picture", actor.personId),
  async load({ tx, actor }) {
    const [me] = await tx.$queryRaw<{ picture: string | null }[]>`
      SELECT picture FROM "Person" WHERE id = ${actor.personId}::uuid FOR NO KEY UPDATE`;
    return me ?? null;
  },
  allow: () => yes,
  async run({ tx, actor: { organizationId, personId: id }, prepared, subject: { picture: before }, announce }) {
    if (prepared || before) {
      const picture = await replacePicture(announce, organizationId, { before, after: prepared || null });
      await tx.person.update({ where: { id }, data: { picture }, select: { id: true } });
      announce.people(organizationId, [id]);
    }
    return toPerson(await tx.person.findUniqueOrThrow({ where: { id }, select: personFields }));
  },
});
