import { uuidv7 } from "uuidv7";
import { showDraft } from "@/lib/contract/draft";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { isIn, noDraft, wholeDraft } from "./drafts";

export default handle(showDraft, {
  async load({ tx, actor: { personId }, input: { roomId } }) {
    const stored = await wholeDraft(tx, personId, roomId);
    return stored?.draft ?? ((await isIn(tx, roomId, personId)) ? noDraft(roomId, uuidv7()) : null);
  },
  allow: () => yes,
  run: async ({ subject: draft }) => draft,
});
