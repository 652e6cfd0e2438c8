import { listAudit } from "@/lib/contract/audit";
import { mayReadAudit } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { readAudit } from "./read";

export default handle(listAudit, {
  load: async () => ({}),
  allow: ({ actor }) => mayReadAudit(actor),
  run: ({ tx, actor, input }) => readAudit(tx, actor, input),
});
