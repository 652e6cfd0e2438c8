"use client";
import { Bold, Code, Italic, Link2 } from "lucide-react";
import dynamic from "next/dynamic";
import type { RefObject } from "react";
import { IconButton } from "@/components/ui/button";
import { retrying } from "@/components/ui/on-demand";
import { applyChange, type Change, makeLink, toggleMark } from "./format";

const SignButtons = dynamic(
  retrying(() => import("./sign-buttons")),
  { ssr: false },
);

const tools = [
  {
    label: "Bold",
    shortcut: "mod+b",
    icon: Bold,
    change: (text: string, from: number, to: number) => toggleMark(text, from, to, "bold"),
  },
  {
    label: "Italic",
    shortcut: "mod+i",
    icon: Italic,
    change: (text: string, from: number, to: number) => toggleMark(text, from, to, "italic"),
  },
  {
    label: "Code",
    shortcut: "mod+shift+c",
    icon: Code,
    change: (text: string, from: number, to: number) => toggleMark(text, from, to, "code"),
  },
  { label: "Link", icon: Link2, change: (text: string, from: number, to: number) => makeLink(text, from, to) },
] satisfies {
  label: string;
  shortcut?: string;
  icon: typeof Bold;
  change: (text: string, from: number, to: number) => Change;
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
      {tools.map(({ label, shortcut, icon: Icon, change }) => (
        <IconButton
          key={label}
          label={label}
          shortcut={shortcut}
          disabled={disabled}
          faint
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            const field = fieldRef.current;
            if (field) applyChange(field, change(field.value, field.selectionStart, field.selectionEnd));
          }}
        >
          <Icon aria-hidden />
        </IconButton>
      ))}
      <SignButtons fieldRef={fieldRef} />
    </div>
  );
}
