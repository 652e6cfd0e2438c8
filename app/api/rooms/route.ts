import create from "@/lib/domain/room/create";
import list from "@/lib/domain/room/list";
import { rest } from "@/lib/server/rest";

export const GET = rest(list);
export const POST = rest(create);
