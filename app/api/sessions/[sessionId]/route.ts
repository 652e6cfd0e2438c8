import revoke from "@/lib/domain/session/revoke";
import { rest } from "@/lib/server/rest";

export const DELETE = rest(revoke);
