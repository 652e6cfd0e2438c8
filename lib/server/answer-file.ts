import type { Caller } from "./actor";
import { toFailure } from "./app-error";
import { callerFrom } from "./caller";
import { newRequestId } from "./execute";
import { respond } from "./rest";

interface File {
  contentType: string;
  fileName: string;
  parts: AsyncGenerator<string>;
}

/** Answers with a file that is generated while it is sent. A link cannot send headers, so the query may name the organization. */
export async function answerFile(
  request: Request,
  make: (caller: Caller, query: Record<string, string>) => Promise<File>,
): Promise<Response> {
  const requestId = request.headers.get("x-request-id") ?? newRequestId();
  try {
    const { organization, ...query } = Object.fromEntries(new URL(request.url).searchParams);
    const caller = await callerFrom(request.headers, organization);
    const { contentType, fileName, parts } = await make(caller, query);
    const headers = {
      "content-type": contentType,
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-request-id": requestId,
    };
    return new Response(toStream(parts), { headers });
  } catch (error) {
    return respond({ ok: false, error: toFailure(error, requestId) }, requestId);
  }
}

/** Generates each part only when the client has read the previous one. */
function toStream(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
