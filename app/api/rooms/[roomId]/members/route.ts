import add from "@/lib/domain/membership/add";
import list from "@/lib/domain/membership/list";
import { rest } from "@/lib/server/rest";

export const GET = rest(list);
export const POST = rest(add);
