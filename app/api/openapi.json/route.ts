import { operations } from "@/lib/contract/index";
import { openApi } from "@/lib/server/openapi";
import { version } from "@/package.json";

export function GET(): Response {
  return Response.json(openApi(operations, version), { headers: { "cache-control": "no-store" } });
}
