import update from "@/lib/domain/presence/update";
import { rest } from "@/lib/server/rest";

export const PUT = rest(update);
