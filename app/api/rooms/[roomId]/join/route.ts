import join from "@/lib/domain/membership/join";
import { rest } from "@/lib/server/rest";

export const POST = rest(join);
