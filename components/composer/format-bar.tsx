"use client";
import { Bold, Code, Italic, Link2 } from "lucide-react";
import dynamic from "next/dynamic";
import type { RefObject } from "react";
import { IconButton } from "@/components/ui/button";
import { retrying } from "@/components/ui/on-demand";
import { applyFormat, type Format, makeLink, toggleMark } from "./format";

const SignButtons = dynamic(
  retrying(() => import("./sign-buttons")),
  { ssr: false },
);

/** The formats that a message can have, each with what it does to a selection. */
export const formats = [
  {
    label: "Bold",
    shortcut: "mod+b",
    icon: Bold,
    change: (text, from, to) => toggleMark(text, from, to, "bold"),
  },
  {
    label: "Italic",
    shortcut: "mod+i",
    icon: Italic,
    change: (text, from, to) => toggleMark(text, from, to, "italic"),
  },
  {
    label: "Code",
    shortcut: "mod+shift+c",
    icon: Code,
    change: (text, from, to) => toggleMark(text, from, to, "code"),
  },
  { label: "Link", icon: Link2, change: (text, from, to) => makeLink(text, from, to) },
] satisfies {
  label: string;
  shortcut?: string;
  icon: typeof Bold;
  change: Format;
}[];

/** Formatting buttons, and those for emoji and mentions. A click keeps the focus in the field, so that a phone's keyboard stays open. */
export function FormatBar({
  fieldRef,
  disabled,
}: {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  disabled: boolean;
}) {
  return (
    <div role="group" aria-label="Formatting" className="flex min-w-50 items-center gap-px">
      {formats.map(({ label, shortcut, icon: Icon, change }) => (
        <IconButton
          key={label}
          label={label}
          shortcut={shortcut}
          disabled={disabled}
          faint
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => fieldRef.current && applyFormat(fieldRef.current, change)}
        >
          <Icon aria-hidden />
        </IconButton>
      ))}
      <SignButtons fieldRef={fieldRef} />
    </div>
  );
}
