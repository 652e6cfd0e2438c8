import type from "@/lib/domain/room/type";
import { rest } from "@/lib/server/rest";

export const POST = rest(type);
