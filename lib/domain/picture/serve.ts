import { type PictureSize, pictureSizes } from "@/lib/contract/picture-sizes";
import showOrganizationPicture from "@/lib/domain/organization/show-picture";
import { AppError, toFailure } from "@/lib/server/app-error";
import { callerFrom } from "@/lib/server/caller";
import { execute } from "@/lib/server/execute";
import { respond } from "@/lib/server/rest";
import { storage } from "@/lib/server/storage";
import { pictureFile } from "./files";
import show from "./show";

/** Serves one file of a picture to people who may see the room or person. For others, the picture does not exist. */
export async function servePicture(
  request: Request,
  { organization, of, subjectId, file }: { organization: string; of: string; subjectId: string; file: string },
): Promise<Response> {
  const caller = await callerFrom(request.headers, organization);
  const askToken = new URL(request.url).searchParams.get("ask") ?? undefined;
  const answer = await execute(show, caller, { of, subjectId, askToken });
  if (!answer.ok) return refuse(answer, caller.requestId);
  const named = parseFile(file);
  const isCurrent = named !== null && named.picture === answer.data.picture;
  return respondWithFile(isCurrent ? named : null, caller.actor?.organizationId, caller.requestId);
}

/** Serves one file of an organization's icon to everyone who has its name. */
export async function serveIcon(request: Request, { file }: { file: string }): Promise<Response> {
  const caller = await callerFrom(request.headers, null);
  const named = parseFile(file);
  const answer = await execute(showOrganizationPicture, caller, { picture: named?.picture });
  if (!answer.ok) return refuse(answer, caller.requestId);
  return respondWithFile(named, answer.data.organizationId, caller.requestId);
}

interface NamedFile {
  picture: string;
  size: PictureSize;
}

/** Splits the name of a file into the picture's name and the size. */
function parseFile(file: string): NamedFile | null {
  const size = pictureSizes.find((each) => file.endsWith(`-${each}.webp`));
  return size ? { picture: file.slice(0, -`-${size}.webp`.length), size } : null;
}

const missing = (requestId: string) => ({
  ok: false as const,
  error: toFailure(new AppError("not_found"), requestId),
});

/** A malformed id or picture name gets the same answer as a picture that does not exist. */
function refuse(answer: Extract<Awaited<ReturnType<typeof execute>>, { ok: false }>, requestId: string): Response {
  return respond(answer.error.code === "invalid_input" ? missing(requestId) : answer, requestId);
}

async function respondWithFile(
  file: NamedFile | null,
  organizationId: string | undefined,
  requestId: string,
): Promise<Response> {
  const found = file && organizationId && (await storage().read(pictureFile(organizationId, file.picture, file.size)));
  if (!found) return respond(missing(requestId), requestId);
  return new Response(found, {
    headers: {
      "content-type": "image/webp",
      "cache-control": "private, max-age=31536000, immutable",
    },
  });
}
