import history from "@/lib/domain/message/history";
import { rest } from "@/lib/server/rest";

export const GET = rest(history);
