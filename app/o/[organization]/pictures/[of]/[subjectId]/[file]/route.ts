import { servePicture } from "@/lib/domain/picture/serve";

type Context = { params: Promise<{ organization: string; of: string; subjectId: string; file: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return servePicture(request, await params);
}
