import { begin } from "@/lib/domain/session/begin";
import { authRoute } from "@/lib/server/auth";

const handler = authRoute(begin);
export { handler as GET, handler as POST };
