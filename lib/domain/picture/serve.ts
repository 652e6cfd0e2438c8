import { pictureSizes } from "@/lib/contract/picture-sizes";
import { AppError, toFailure } from "@/lib/server/app-error";
import { callerFrom } from "@/lib/server/caller";
import { execute } from "@/lib/server/execute";
import { respond } from "@/lib/server/rest";
import { storage } from "@/lib/server/storage";
import { pictureFile } from "./files";
import show from "./show";

/** Answers with one file of a picture, to those who may see the room or the person. For others, it does not exist. */
export async function servePicture(
  request: Request,
  { organization, of, subjectId, file }: { organization: string; of: string; subjectId: string; file: string },
): Promise<Response> {
  const caller = await callerFrom(request.headers, organization);
  const answer = await execute(show, caller, { of, subjectId });
  const missing = { ok: false as const, error: toFailure(new AppError("not_found"), caller.requestId) };
  if (!answer.ok) return respond(answer.error.code === "invalid_input" ? missing : answer, caller.requestId);
  const { picture } = answer.data;
  const size = pictureSizes.find((each) => file === `${picture}-${each}.webp`);
  const found =
    picture && size && caller.actor && (await storage().read(pictureFile(caller.actor.organizationId, picture, size)));
  if (!found) return respond(missing, caller.requestId);
  return new Response(found, {
    headers: {
      "content-type": "image/webp",
      "cache-control": "private, max-age=31536000, immutable",
    },
  });
}
