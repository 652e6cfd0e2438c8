import { exportAudit } from "@/lib/domain/audit/export";
import { answerFile } from "@/lib/server/answer-file";

/** The audit log as a file. Not an operation, because the response is a stream, not JSON. */
export function GET(request: Request): Promise<Response> {
  return answerFile(request, exportAudit);
}
