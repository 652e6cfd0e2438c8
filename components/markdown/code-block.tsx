"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy";
import { useHighlighted } from "./highlighting";

type CodeBlockProps = { text: string; label: string; language: string };

/** Shows code in one colour until the worker has highlighted it. Highlighting does not shift the layout. */
export function CodeBlock({ text, label, language }: CodeBlockProps) {
  return (
    <div className="mt-1.5 max-w-155 overflow-hidden rounded-control border bg-code text-ink first:mt-0">
      <div
        data-above-code=""
        className="flex h-[30px] select-none items-center justify-between border-b pr-1.5 pl-3 text-xs text-ink-faint max-md:h-touch max-md:pr-0"
      >
        <span className="truncate">{label || "Text"}</span>
        <CopyButton text={text} />
      </div>
      {/* Focusable, so that the keyboard can scroll it sideways. */}
      <pre
        dir="ltr"
        tabIndex={0}
        className="scrollbar-none overflow-x-auto px-3 py-2.5 font-mono text-sm leading-[1.6] text-code-ink -outline-offset-2 [tab-size:2]"
      >
        <code>
          <HighlightedCode key={`${language} ${text}`} text={text} language={language} />
        </code>
      </pre>
    </div>
  );
}

function HighlightedCode({ text, language }: { text: string; language: string }) {
  const pieces = useHighlighted({ text, language });
  if (!pieces) return text;
  return pieces.map((piece, at) => (
    <span key={at} className={piece.className}>
      {piece.text}
    </span>
  ));
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton label={copied ? "Copied" : "Copy code"} size="xs" onClick={async () => setCopied(await copyText(text))}>
      {copied ? <Check className="text-success-ink" /> : <Copy />}
    </IconButton>
  );
}
