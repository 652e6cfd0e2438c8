import accept from "@/lib/domain/invite/accept";
import show from "@/lib/domain/invite/show";
import { rest } from "@/lib/server/rest";

export const GET = rest(show);
export const POST = rest(accept);
