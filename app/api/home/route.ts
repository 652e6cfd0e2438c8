import show from "@/lib/domain/home/show";
import { rest } from "@/lib/server/rest";

export const GET = rest(show);
