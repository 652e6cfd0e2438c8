import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "./env";
import { isOwnHost } from "./host";

/**
 * Sets the security headers of an answer, errors included. Next reads the nonce for its scripts from the request's
 * `content-security-policy`. Our layout reads it from `x-nonce`.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = policyFor(request.headers.host, nonce);
  request.headers["x-nonce"] = nonce;
  request.headers["content-security-policy"] = policy;
  for (const [name, value] of Object.entries(headersWith(policy))) response.setHeader(name, value);
}

/** The security headers for an answer that is written without a response object. */
export function plainHeaders(): Record<string, string> {
  return headersWith(policyFor(undefined, randomBytes(16).toString("base64")));
}

function headersWith(policy: string): Record<string, string> {
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ...(isSecure() && { "strict-transport-security": "max-age=31536000; includeSubDomains" }),
  };
}

const isSecure = () => env().publicUrl.protocol === "https:";

function policyFor(host: string | undefined, nonce: string): string {
  const { production } = env();
  return [
    "default-src 'self'",
    // In development, Next compiles code in the browser. Production never evaluates text.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${production ? "" : " 'unsafe-eval'"}`,
    // React and Radix set style attributes; a style cannot run code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${socketSource(host)}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure() ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** The address of our WebSockets, which older Safaris do not count as 'self'. */
function socketSource(host: string | undefined): string {
  const { publicUrl, publicUrlGiven } = env();
  const name = publicUrlGiven ? publicUrl.host : isOwnHost(host) && host;
  // Only characters that cannot end the directive.
  return name && /^[\w.:[\]-]+$/.test(name) ? ` ${isSecure() ? "wss" : "ws"}://${name}` : "";
}
