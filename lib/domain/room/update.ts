import { nameKey } from "@/lib/contract/alike";
import type { Notice } from "@/lib/contract/message";
import { updateRoom } from "@/lib/contract/room";
import type { PostingPolicy, RoomHistory } from "@/lib/contract/room-role";
import { lockOrganization } from "@/lib/domain/organization/lock";
import { announceInvitesTo } from "@/lib/domain/room-invite/announce";
import { mayChange, mayUpdateRoom, type RoomField } from "@/lib/policy/room-settings";
import { handle } from "@/lib/server/handler";
import { nameFields } from "../page-by-name";
import { tickRoom, tickWithNotice } from "./clock";
import { withdrawWithoutRight } from "./withdraw";
import { findRoomFor } from "./find";
import { announceListed } from "./announce-listed";
import { readChangedRoom } from "./to-room";
import { requireUniqueName } from "./unique-name";

type Fields = {
  name: string | null;
  topic: string;
  description: string;
  postingPolicy: PostingPolicy;
  history: RoomHistory;
  notices: boolean;
  membersSetTopic: boolean | null;
  membersAddPeople: boolean | null;
  membersPin: boolean | null;
  membersMentionEveryone: boolean | null;
};
/** All fields except the avatar, which has an operation of its own. */
type UpdatedField = Exclude<RoomField, "avatar">;
const fieldNames = (Object.keys(mayChange) as RoomField[]).filter((field): field is UpdatedField => field !== "avatar");

export default handle(updateRoom, {
  async load({ tx, actor, input }) {
    if (input.name !== undefined) await lockOrganization(tx, actor.organizationId);
    return findRoomFor(tx, actor, input.roomId, { lock: true, administer: true });
  },
  allow: ({ actor, subject, input }) => mayUpdateRoom(actor, subject.room, subject.membership, input),
  async run({ tx, actor, input, subject: { room, membership }, announce, audit }) {
    const { id, organizationId } = room;
    const changed = fieldNames.filter((field) => input[field] !== undefined && input[field] !== room[field]);
    const after: Fields = { ...room, ...Object.fromEntries(changed.map((field) => [field, input[field]])) };
    if (changed.length > 0) {
      const { name, topic, description, postingPolicy, history, notices: tellsNotices } = after;
      const { membersSetTopic, membersAddPeople, membersPin, membersMentionEveryone } = after;
      const isRenamed = changed.includes("name") && name !== null;
      if (isRenamed) await requireUniqueName(tx, organizationId, name, { roomId: id });
      await tx.room.update({
        where: { id },
        data: {
          topic,
          description,
          postingPolicy,
          history,
          notices: tellsNotices,
          membersSetTopic,
          membersAddPeople,
          membersPin,
          membersMentionEveryone,
          ...(isRenamed && { ...nameFields(name), nameKey: nameKey(name) }),
        },
        select: { id: true },
      });
      const notices = changed.flatMap((field) => noticeOf(field, room, after) ?? []);
      for (const notice of notices) await tickWithNotice(tx, room, actor.personId, notice);
      if (notices.length === 0) await tickRoom(tx, id);
      if (changed.includes("membersAddPeople")) await withdrawWithoutRight(tx, announce, { roomIds: [id] });
      if (isRenamed) await announceInvitesTo(tx, announce, [id]);
      const pick = (fields: Fields) => Object.fromEntries(changed.map((field) => [field, fields[field]]));
      audit({ subjectId: id, roomId: id, before: pick(room), after: pick(after) });
      announce.room(id);
      announceListed(announce, room);
    }
    return readChangedRoom(tx, room, membership);
  },
});

/** The notice about a changed field. Null for fields that are shown only in the room's details, such as the description. */
function noticeOf(field: RoomField, before: Fields, after: Fields): Notice | null {
  if (field === "name") return { type: "renamed", from: before.name ?? "", to: after.name ?? "" };
  if (field === "topic") return { type: "topic", topic: after.topic };
  if (field === "postingPolicy") return { type: "posting", postingPolicy: after.postingPolicy };
  if (field === "history") return { type: "history", history: after.history };
  return field === "notices" ? { type: "notices", notices: after.notices } : null;
}
