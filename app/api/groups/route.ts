import list from "@/lib/domain/group/list";
import { rest } from "@/lib/server/rest";

export const GET = rest(list);
