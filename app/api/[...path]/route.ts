import { handlers } from "@/lib/domain/index";
import { rest } from "@/lib/server/rest";

/** Serves every operation at its defined method and path. Other endpoints have their own route files. */
const answer = rest(handlers);

export { answer as DELETE, answer as GET, answer as HEAD, answer as PATCH, answer as POST, answer as PUT };
