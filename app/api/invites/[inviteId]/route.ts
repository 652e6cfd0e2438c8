import revoke from "@/lib/domain/invite/revoke";
import { rest } from "@/lib/server/rest";

export const DELETE = rest(revoke);
