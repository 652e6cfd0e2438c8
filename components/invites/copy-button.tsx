"use client";
import { Check, Copy } from "lucide-react";
import { Button } from "@/components/ui/button";

type CopyButtonProps = {
  /** Whether copying succeeded. Undefined before the first try. */
  copied: boolean | undefined;
  busy?: boolean;
  onCopy: () => void;
  autoFocus?: boolean;
};

/** Copies a link. It is the primary button until the link is copied. */
export function CopyButton({ copied, busy, onCopy, autoFocus }: CopyButtonProps) {
  return (
    <>
      <Button
        variant={copied ? "secondary" : "primary"}
        icon={copied ? <Check aria-hidden className="text-success-ink" /> : <Copy aria-hidden />}
        busy={busy}
        autoFocus={autoFocus}
        className="min-w-28"
        onClick={onCopy}
      >
        {copied ? "Copied" : "Copy link"}
      </Button>
      <span role="status" className={copied === false ? "min-w-0 text-xs text-ink-faint" : "sr-only"}>
        {copied && "Link copied."}
        {copied === false && "Couldn't copy the link. Select it and copy it yourself."}
      </span>
    </>
  );
}
