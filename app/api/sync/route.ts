import sync from "@/lib/domain/home/sync";
import { rest } from "@/lib/server/rest";

export const POST = rest(sync);
