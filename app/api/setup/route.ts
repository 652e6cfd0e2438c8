import setUp from "@/lib/domain/organization/set-up";
import { rest } from "@/lib/server/rest";

export const POST = rest(setUp);
