import { listJoinRequests } from "@/lib/contract/join-request";
import { personFields, toPerson } from "@/lib/domain/person/to-person";
import { findRoomFor } from "@/lib/domain/room/find";
import { maySeeJoinRequests } from "@/lib/policy/join-request";
import { handle } from "@/lib/server/handler";
import { newestFirst, readPage } from "../page";

export default handle(listJoinRequests, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: ({ actor, subject }) => maySeeJoinRequests(actor, subject.membership),
  async run({ tx, input }) {
    const { roomId } = input;
    const include = { person: { select: personFields } };
    const { rows, next } = await readPage(newestFirst, input, ({ where, ...page }) =>
      tx.joinRequest.findMany({ where: { ...where, roomId, state: "pending" }, include, ...page }),
    );
    const requests = rows.map(({ id, person, note, createdAt }) => {
      return { id, person: toPerson(person), note, createdAt: createdAt.toISOString() };
    });
    return { requests, next };
  },
});
