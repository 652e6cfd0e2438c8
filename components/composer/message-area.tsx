"use client";
import { type ClipboardEvent, type ComponentProps, type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import { cn } from "@/components/ui/cn";
import { isKey } from "@/components/ui/keys";
import { apply, isAddress, makeLink, markOf, toggleMark } from "./format";

type MessageAreaProps = Omit<ComponentProps<"textarea">, "onChange" | "value" | "ref"> & {
  ref: RefObject<HTMLTextAreaElement | null>;
  value: string;
  onText: (text: string) => void;
  /** Enter was pressed. Without it Enter is a new line. */
  onEnter?: () => void;
};

/** A textarea that grows with its text and has formatting shortcuts. Undo, spell check and input methods are the browser's. */
export function MessageArea({ ref, value, onText, onEnter, onKeyDown, className, ...props }: MessageAreaProps) {
  useLayoutEffect(() => {
    const area = ref.current;
    if (!area || CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [ref, value]);

  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    onKeyDown?.(event);
    if (event.defaultPrevented) return;
    const area = event.currentTarget;
    const mark = markOf(event);
    if (mark) {
      event.preventDefault();
      apply(area, toggleMark(area.value, area.selectionStart, area.selectionEnd, mark));
    } else if (onEnter && (isKey(event, "enter") || isKey(event, "mod+enter"))) {
      event.preventDefault();
      onEnter();
    }
  }

  function paste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const area = event.currentTarget;
    const url = event.clipboardData.getData("text/plain").trim();
    const selected = area.value.slice(area.selectionStart, area.selectionEnd);
    if (!selected.trim() || isAddress(selected) || !isAddress(url)) return;
    event.preventDefault();
    const link = makeLink(area.value, area.selectionStart, area.selectionEnd, url);
    const end = link.from + link.insert.length;
    apply(area, { ...link, select: [end, end] });
  }

  return (
    <textarea
      ref={ref}
      dir="auto"
      rows={1}
      value={value}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={press}
      onPaste={paste}
      className={cn(
        "block max-h-[40dvh] w-full resize-none overflow-y-auto bg-transparent leading-body outline-none field-sizing-content max-md:text-touch",
        className,
      )}
      {...props}
    />
  );
}
