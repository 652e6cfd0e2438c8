import list from "@/lib/domain/person/list";
import { rest } from "@/lib/server/rest";

export const GET = rest(list);
