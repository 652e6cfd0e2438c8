import { uuidv7 } from "uuidv7";
import { prepareAvatar, replacePicture } from "@/lib/domain/picture/files";
import { addPeople } from "@/lib/domain/membership/add-people";
import { lockGroups } from "@/lib/domain/group/lock";
import { requireKnownPeople } from "@/lib/domain/person/visible";
import { nameKey } from "@/lib/contract/alike";
import { createRoom } from "@/lib/contract/room";
import { lockOrganization } from "@/lib/domain/organization/lock";
import { runsOrganization } from "@/lib/policy/decision";
import { mayCreateRoom } from "@/lib/policy/room";
import { AppError } from "@/lib/server/app-error";
import { violatedConstraint } from "@/lib/server/database-error";
import { handle } from "@/lib/server/handler";
import { announceListed } from "./announce-listed";
import { tickWithNotice } from "./clock";
import { newFigures } from "./figures";
import { nameFields } from "../page-by-name";
import { nameTaken, requireUniqueName } from "./unique-name";
import { entriesOf } from "./entries";

export default handle(createRoom, {
  prepare: ({ actor, input: { avatar } }) => prepareAvatar(avatar, actor.personId),
  // Owners and admins may choose any group of the organization, others only groups that they are in.
  load: async ({ tx, actor, input }) => {
    const { organizationId, personId } = actor;
    const selectable = runsOrganization(actor) ? {} : { members: { some: { personId } } };
    await lockOrganization(tx, organizationId);
    await lockGroups(tx, organizationId, input.groupIds);
    const selectableCount = await tx.group.count({
      where: { organizationId, id: { in: input.groupIds }, ...selectable },
    });
    if (selectableCount !== new Set(input.groupIds).size) return null;
    return {};
  },
  allow: ({ actor }) => mayCreateRoom(actor),
  async run({ tx, actor, input, prepared, announce, audit }) {
    const { organizationId, personId } = actor;
    const groupIds = input.access === "restricted" ? [...new Set(input.groupIds)] : [];
    if (input.access === "restricted" && groupIds.length === 0 && !runsOrganization(actor)) {
      throw new AppError("invalid_input", undefined, { groupIds: "Choose at least one group." });
    }
    await requireKnownPeople(tx, actor, input.personIds);
    await requireUniqueName(tx, organizationId, input.name);
    const id = uuidv7();
    try {
      await tx.room.create({
        data: {
          id,
          organizationId,
          access: input.access,
          ...nameFields(input.name),
          nameKey: nameKey(input.name),
          description: input.description,
          emoji: input.avatar.type === "emoji" ? input.avatar.emoji : null,
          picture: await replacePicture(announce, organizationId, { before: null, after: prepared }),
          forAdmins: input.access === "restricted" && groupIds.length === 0,
          groups: { create: groupIds.map((groupId) => ({ groupId })) },
          figures: { create: newFigures },
        },
      });
    } catch (error) {
      if (violatedConstraint(error) === null) throw error;
      throw new AppError("conflict", undefined, { name: nameTaken });
    }
    const seq = await tickWithNotice(tx, { id, organizationId }, personId, { type: "created" });
    await tx.membership.create({
      data: { organizationId, roomId: id, personId, role: "admin", joinedSeq: seq, lastReadSeq: seq },
    });
    await addPeople(tx, announce, { id, organizationId }, input.personIds, {
      byId: personId,
      notice: (personIds) => ({ type: "added", personIds }),
    });
    const [entry] = await entriesOf(tx, personId, [id]);
    if (!entry) throw new AppError("internal");
    audit({ subjectId: id, roomId: id, after: { access: input.access, groupIds: entry.room.groupIds } });
    announce.me(personId, { type: "entry", entry });
    announceListed(announce, { access: input.access, organizationId });
    return entry;
  },
});
