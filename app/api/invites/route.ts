import create from "@/lib/domain/invite/create";
import list from "@/lib/domain/invite/list";
import { rest } from "@/lib/server/rest";

export const GET = rest(list);
export const POST = rest(create);
