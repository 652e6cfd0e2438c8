import { uuidv7 } from "uuidv7";
import { sendJoinRequest } from "@/lib/contract/join-request";
import { no, yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { announceToAsker, announceToDeciders } from "./announce";
import { findByAskLink } from "./find-link";

const revoked = no("This link was revoked. Ask an admin of the room for a new one.", "gone");

export default handle(sendJoinRequest, {
  load: async ({ tx, actor, input }) => ({ landing: await findByAskLink(tx, actor, input.token, { lock: true }) }),
  allow({ subject: { landing } }) {
    if (!landing) return revoked;
    if (landing.standing === "guest") return no("Guests can't ask to join rooms. Ask a member to add you.");
    if (landing.standing === "refused")
      return no("Your last request was refused. You can ask again seven days after that.");
    return yes;
  },
  async run({ tx, actor, input: { note }, subject: { landing }, announce }) {
    if (!landing || landing.standing !== "may_ask") return landing ?? { state: "revoked" as const };
    const { organizationId, personId } = actor;
    const roomId = landing.room.id;
    await tx.joinRequest.create({ data: { id: uuidv7(), organizationId, roomId, personId, note } });
    announceToAsker(announce, personId);
    await announceToDeciders(tx, announce, roomId);
    return { ...landing, standing: "asked" as const };
  },
});
