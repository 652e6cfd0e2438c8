import reset from "@/lib/domain/password/reset";
import { rest } from "@/lib/server/rest";

export const POST = rest(reset);
