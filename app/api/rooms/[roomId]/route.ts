import show from "@/lib/domain/room/show";
import { rest } from "@/lib/server/rest";

export const GET = rest(show);
