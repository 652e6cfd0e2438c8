import list from "@/lib/domain/message/list";
import send from "@/lib/domain/message/send";
import { rest } from "@/lib/server/rest";

export const GET = rest(list);
export const POST = rest(send);
