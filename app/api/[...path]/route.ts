import { handlers } from "@/lib/domain/index";
import { rest } from "@/lib/server/rest";

/** Answers every operation at the method and path of its definition. Only other endpoints have their own route file. */
const answer = rest(handlers);

export { answer as DELETE, answer as GET, answer as HEAD, answer as PATCH, answer as POST, answer as PUT };
