"use client";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { touchDevice } from "@/components/shell/use-media";
import { takeTypedSign } from "./type-sign";
import { type Word, wordBefore } from "./word";

const endsWithSign = /[@#:]$/;
/** Text that was not typed opens nothing. */
const isTyped = (event: Event) =>
  event instanceof InputEvent && /^insert(?!From|Replacement)/.test(event.inputType || "insert");

/**
 * The word at the caret that begins with a sign, while it is typed. It is null after the caret has left it. `dismiss` hides it until another
 * sign is typed, `hide` until another key.
 */
export function useWord(fieldRef: RefObject<HTMLTextAreaElement | null>) {
  const [word, setWord] = useState<Word | null>(null);
  const current = useRef<Word | null>(null);
  /** The index of the sign whose list was dismissed. */
  const dismissedAt = useRef<number | null>(null);

  const show = useCallback((next: Word | null) => {
    current.current = next;
    setWord(next);
  }, []);
  const hide = useCallback(() => show(null), [show]);
  const dismiss = useCallback(() => {
    dismissedAt.current = current.current?.from ?? null;
    show(null);
  }, [show]);

  useEffect(() => {
    const field = fieldRef.current;
    if (!field) return;
    function follow(mayOpen: boolean) {
      if (!field) return;
      const { value, selectionStart, selectionEnd } = field;
      const next = selectionStart === selectionEnd ? wordBefore(value, selectionStart) : null;
      const isSame = next !== null && next.from === current.current?.from && next.sign === current.current.sign;
      if (next && next.from !== dismissedAt.current) dismissedAt.current = null;
      else if (next) return show(null);
      show(isSame || mayOpen ? next : null);
    }
    // The keys of an input method are its own until it has ended. On touch devices every word is composed, and a list takes no keys.
    const isComposed = (event: Event) =>
      event instanceof InputEvent && event.isComposing && !matchMedia(touchDevice).matches;
    function onInput(event: Event) {
      if (isComposed(event)) return show(null);
      takeTypedSign(field as HTMLTextAreaElement);
      if (isTyped(event) && endsWithSign.test((event as InputEvent).data ?? "")) dismissedAt.current = null;
      follow(isTyped(event));
    }
    const onCompositionStart = () => !matchMedia(touchDevice).matches && show(null);
    const onCompositionEnd = () => follow(true);
    const onSelectionChange = () => current.current && document.activeElement === field && follow(false);
    const onBlur = () => show(null);
    // A button typed the sign before this was loaded.
    if (takeTypedSign(field)) follow(true);
    field.addEventListener("input", onInput);
    field.addEventListener("compositionstart", onCompositionStart);
    field.addEventListener("compositionend", onCompositionEnd);
    field.addEventListener("blur", onBlur);
    document.addEventListener("selectionchange", onSelectionChange);
    return () => {
      field.removeEventListener("input", onInput);
      field.removeEventListener("compositionstart", onCompositionStart);
      field.removeEventListener("compositionend", onCompositionEnd);
      field.removeEventListener("blur", onBlur);
      document.removeEventListener("selectionchange", onSelectionChange);
    };
  }, [fieldRef, show]);

  return { word, hide, dismiss };
}
