import { setThreadTitle } from "@/lib/contract/thread";
import { mayChangeThread } from "@/lib/policy/message";
import { handle } from "@/lib/server/handler";
import { aboutOf, changeAbout, findThreadToChange } from "./about";

export default handle(setThreadTitle, {
  load: ({ tx, actor, input }) => findThreadToChange(tx, actor, input.threadId),
  allow: ({ actor, subject }) => mayChangeThread(actor, subject.room, subject.membership, subject.first),
  run: ({ tx, actor, input, subject, announce }) =>
    changeAbout(tx, actor, subject, { about: { ...aboutOf(subject), title: input.title || null }, announce }),
});
