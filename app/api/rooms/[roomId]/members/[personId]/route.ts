import remove from "@/lib/domain/membership/remove";
import { rest } from "@/lib/server/rest";

export const DELETE = rest(remove);
