import { operations } from "@/lib/contract/index";
import { openApiText } from "@/lib/server/openapi";
import { version } from "@/package.json";

export function GET(): Response {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return new Response(openApiText(operations, version), { headers });
}
