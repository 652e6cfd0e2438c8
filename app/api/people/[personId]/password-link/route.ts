import link from "@/lib/domain/password/link";
import { rest } from "@/lib/server/rest";

export const POST = rest(link);
