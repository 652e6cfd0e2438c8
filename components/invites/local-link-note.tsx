"use client";
import { Check, Copy, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy";
import { isLoopbackName } from "@/lib/contract/loopback";
import type { CreatedInvite } from "./kept-link";

/**
 * Warns if a link works only on this computer. Shows the link at an address that works on other devices, or the command that
 * makes Parley reachable. Use it with every link that people share.
 */
export function LocalLinkNote({ link, reach }: { link: string; reach?: CreatedInvite["reach"] }) {
  const { hostname, pathname } = new URL(link);
  if (!isLoopbackName(hostname)) return null;
  const reachableLink = reach?.address ? `${reach.address}${pathname}` : null;
  return (
    <div
      role="note"
      className="flex gap-2.5 rounded-control bg-warning-soft px-3.5 py-3 text-sm text-warning-ink [&>svg]:mt-px [&>svg]:size-4"
    >
      <TriangleAlert aria-hidden />
      <div className="min-w-0 flex-1">
        <p>
          <b className="font-semibold">This link only works on this computer.</b> Other devices can't open {hostname}.{" "}
          {reachableLink && "Send them this link instead:"}
          {!reachableLink &&
            reach?.command &&
            "Restart Parley with an address they can open, and the link changes with it:"}
          {!reachableLink && !reach?.command && (
            <>
              Restart Parley with <code>HOST=0.0.0.0</code> and <code>PUBLIC_URL</code> set to an address they can open.
            </>
          )}
        </p>
        {reachableLink && <CopyLine text={reachableLink} label="Copy this link" />}
        {!reachableLink && reach?.command && <CopyLine text={reach.command} label="Copy command" />}
      </div>
    </div>
  );
}

function CopyLine({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="mt-2 flex items-center gap-2 rounded-sm bg-surface py-0.5 pr-0.5 pl-2.5 text-ink">
      <code className="min-w-0 flex-1 py-1 font-mono text-xs wrap-anywhere">{text}</code>
      <IconButton
        label={copied ? "Copied" : label}
        size="sm"
        className="self-start"
        onClick={() => void copyText(text).then(setCopied)}
      >
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
    </div>
  );
}
