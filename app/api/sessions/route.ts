import list from "@/lib/domain/session/list";
import { rest } from "@/lib/server/rest";

export const GET = rest(list);
