import { begin } from "@/lib/domain/session/begin";
import end from "@/lib/domain/session/end";
import { authRoute } from "@/lib/server/auth";
import { execute } from "@/lib/server/execute";

const handler = authRoute({ begin, end: (caller) => execute(end, caller, {}) });
export { handler as GET, handler as POST };
