import read from "@/lib/domain/room/read";
import { rest } from "@/lib/server/rest";

export const PUT = rest(read);
