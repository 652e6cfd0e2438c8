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

/**
 * Answers with a file that is made while it is sent. A link in a page cannot send headers, so `organization` in the query names
 * the organization, too.
 */
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

/** Asks for the next part when the client has read the one before. */
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
