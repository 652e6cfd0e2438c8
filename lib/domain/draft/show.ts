import { uuidv7 } from "uuidv7";
import { showDraft } from "@/lib/contract/draft";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { canBeginDraft, noDraft, wholeDraft } from "./drafts";

export default handle(showDraft, {
  async load({ tx, actor, input: place }) {
    const stored = await wholeDraft(tx, actor.personId, place);
    return stored?.draft ?? ((await canBeginDraft(tx, actor, place)) ? noDraft(place, uuidv7()) : null);
  },
  allow: () => yes,
  run: async ({ subject: draft }) => draft,
});
