import leave from "@/lib/domain/membership/leave";
import { rest } from "@/lib/server/rest";

export const POST = rest(leave);
