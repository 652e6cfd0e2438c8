"use client";
import dynamic from "next/dynamic";
import {
  type ClipboardEvent,
  type ComponentProps,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useState,
} from "react";
import { cn } from "@/components/ui/cn";
import { isKey } from "@/components/ui/keys";
import { retrying } from "@/components/ui/on-demand";
import { applyChange, isAddress, makeLink, markOfShortcut, toggleMark } from "./format";

const Suggestions = dynamic(
  retrying(() => import("./suggestions")),
  { ssr: false },
);

type MessageAreaProps = Omit<ComponentProps<"textarea">, "onChange" | "value" | "ref"> & {
  ref: RefObject<HTMLTextAreaElement | null>;
  /** The room that the text is for; null before it exists. */
  roomId: string | null;
  value: string;
  onTextChange: (text: string) => void;
  /** Called when Enter is pressed. Without it, Enter inserts a new line. */
  onEnter?: () => void;
};

/** A textarea that grows with its text, has formatting shortcuts, and offers people, rooms and emoji. */
export function MessageArea(given: MessageAreaProps) {
  const { ref, roomId, value, onTextChange, onEnter, onKeyDown, className, ...props } = given;
  const [isUsed, setUsed] = useState(false);
  useLayoutEffect(() => {
    const field = ref.current;
    if (!field || CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [ref, value]);

  function handleKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    onKeyDown?.(event);
    if (event.defaultPrevented) return;
    const field = event.currentTarget;
    const mark = markOfShortcut(event);
    if (mark) {
      event.preventDefault();
      applyChange(field, toggleMark(field.value, field.selectionStart, field.selectionEnd, mark));
    } else if (onEnter && (isKey(event, "enter") || isKey(event, "mod+enter"))) {
      event.preventDefault();
      onEnter();
    }
  }

  function pasteLink(event: ClipboardEvent<HTMLTextAreaElement>) {
    const field = event.currentTarget;
    const url = event.clipboardData.getData("text/plain").trim();
    const selected = field.value.slice(field.selectionStart, field.selectionEnd);
    if (!selected.trim() || isAddress(selected) || !isAddress(url)) return;
    event.preventDefault();
    const link = makeLink(field.value, field.selectionStart, field.selectionEnd, url);
    const end = link.from + link.insert.length;
    applyChange(field, { ...link, select: [end, end] });
  }

  return (
    <>
      <textarea
        ref={ref}
        dir="auto"
        rows={1}
        value={value}
        onFocus={() => whenIdle(() => setUsed(true))}
        onChange={(event) => onTextChange(event.target.value)}
        onKeyDown={handleKeyDown}
        onPaste={pasteLink}
        className={cn(
          "block max-h-[40dvh] w-full resize-none overflow-y-auto bg-transparent leading-body outline-none field-sizing-content max-md:text-touch",
          className,
        )}
        {...props}
      />
      {isUsed && <Suggestions fieldRef={ref} roomId={roomId} value={value} />}
    </>
  );
}

/** Safari has no idle callbacks. */
const whenIdle = (run: () => void) => (window.requestIdleCallback ?? setTimeout)(run);
