import { serveIcon } from "@/lib/domain/picture/serve";

type Context = { params: Promise<{ file: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return serveIcon(request, await params);
}
