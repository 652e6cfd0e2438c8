import { handlers } from "@/lib/domain/index";
import { rest } from "@/lib/server/rest";

/** Every operation, at the method and path of its definition. Only what is no operation has a route of its own. */
const answer = rest(handlers);

export { answer as DELETE, answer as GET, answer as HEAD, answer as PATCH, answer as POST, answer as PUT };
