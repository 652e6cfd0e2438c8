import remove from "@/lib/domain/message/delete";
import edit from "@/lib/domain/message/edit";
import { rest } from "@/lib/server/rest";

export const PATCH = rest(edit);
export const DELETE = rest(remove);
