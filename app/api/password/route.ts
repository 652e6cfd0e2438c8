import change from "@/lib/domain/password/change";
import { rest } from "@/lib/server/rest";

export const PUT = rest(change);
