import { begin } from "@/lib/domain/session/begin";
import { endLogin } from "@/lib/domain/session/end-logins";
import { authRoute } from "@/lib/server/auth";

const handler = authRoute({ begin, end: endLogin });
export { handler as GET, handler as POST };
