import end from "@/lib/domain/session/end";
import { rest } from "@/lib/server/rest";

export const POST = rest(end);
