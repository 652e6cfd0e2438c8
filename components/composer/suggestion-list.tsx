"use client";
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useId, useState } from "react";
import { createPortal } from "react-dom";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { isKey } from "@/components/ui/keys";
import { Marked } from "@/components/ui/marked";
import type { Found } from "@/lib/contract/find";
import { keepOrder } from "./keep-order";
import { usePlaceAbove } from "./use-place-above";
import type { Word } from "./word";

/** One line of the list: icon, name, details and trailing, in this order. */
export interface Suggestion {
  id: string;
  /** The heading above it and its neighbours, if any. */
  section: string | null;
  icon: ReactNode;
  name: string;
  /** The parts of the name that match. */
  marks: Found["marks"];
  details?: string;
  trailing?: ReactNode;
  /** What replaces the word. */
  insert: string;
}

/** What the lists for the three signs have in common. */
export type SignProps = {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  word: Word;
  roomId: string | null;
  onChoose: (insert: string) => void;
  onDismiss: () => void;
};

type SuggestionListProps = Omit<SignProps, "roomId"> & {
  /** The name of the list. */
  label: string;
  suggestions: readonly Suggestion[];
  /** What choosing does, said in the last line. */
  hint?: ReactNode;
};

/**
 * The list for the word at the caret. The focus stays in the field, which names the selected option (`aria-activedescendant`). While the
 * list is open, arrows, Enter, Tab and Escape are its keys.
 */
export function SuggestionList({ fieldRef, word, label, suggestions, hint, onChoose, onDismiss }: SuggestionListProps) {
  const id = useId();
  const key = word.sign + word.from + word.query;
  const [shown, setShown] = useState({ key, options: suggestions });
  const options = shown.key === key ? keepOrder(shown.options, suggestions) : suggestions;
  if (shown.key !== key || !haveSameIds(shown.options, options)) setShown({ key, options });
  // An id, not an index: what is found later must not move the selection.
  const [reached, setReached] = useState<{ key: string; id: string } | null>(null);
  const selected = options.find((option) => reached?.key === key && option.id === reached.id) ?? options[0];
  const idOf = (option: Suggestion) => `${id}-${option.id}`;
  const place = usePlaceAbove(fieldRef);
  const selectedElement = selected && idOf(selected);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!selected) return;
    const move = (step: number) => {
      const at = options.indexOf(selected) + step + options.length;
      setReached({ key, id: options[at % options.length]?.id ?? "" });
    };
    if (isKey(event, "down")) move(1);
    else if (isKey(event, "up")) move(-1);
    else if (isKey(event, "enter") || isKey(event, "tab")) onChoose(selected.insert);
    else if (isKey(event, "esc")) onDismiss();
    else return;
    event.preventDefault();
    // Otherwise Enter would send, Escape would end an edit, and arrows would move through the log.
    event.stopPropagation();
  });
  useEffect(() => {
    const field = fieldRef.current;
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    // Added to the field itself, so that it hears a key before React's handlers do.
    field?.addEventListener("keydown", listen);
    return () => field?.removeEventListener("keydown", listen);
  }, [fieldRef]);

  useEffect(() => {
    const field = fieldRef.current;
    if (!field || !selectedElement) return;
    field.setAttribute("aria-controls", id);
    field.setAttribute("aria-activedescendant", selectedElement);
    document.getElementById(selectedElement)?.scrollIntoView({ block: "nearest" });
    return () => {
      field.removeAttribute("aria-controls");
      field.removeAttribute("aria-activedescendant");
    };
  }, [fieldRef, id, selectedElement]);

  if (!selected || !place) return null;
  return createPortal(
    // The field must keep the focus: losing it closes the list, and an on-screen keyboard.
    <div
      role="presentation"
      style={place}
      className="pointer-events-none fixed z-40 flex flex-col justify-end md:py-2"
      onMouseDown={(event) => event.preventDefault()}
    >
      <div className="pointer-events-auto flex min-h-0 w-full animate-fade-in flex-col bg-surface-raised text-ui shadow-popover max-md:border-t md:max-w-[480px] md:rounded-card">
        <div
          id={id}
          role="listbox"
          aria-label={label}
          // What can scroll has to be reachable by keyboard, although the field's keys do it, too.
          tabIndex={0}
          className="max-h-80 min-h-0 overflow-y-auto overscroll-contain p-1.5 max-md:max-h-60"
        >
          {sectionsOf(options).map(({ heading, rows }) => (
            <div key={rows[0]?.id} role="group" aria-label={heading ?? label}>
              {heading && (
                <p aria-hidden className="truncate px-2.5 pt-1.5 pb-1 text-xs font-medium text-ink-faint">
                  {heading}
                </p>
              )}
              {rows.map((option) => (
                <Row
                  key={option.id}
                  id={idOf(option)}
                  option={option}
                  isSelected={option === selected}
                  onReach={() => setReached({ key, id: option.id })}
                  onChoose={() => onChoose(option.insert)}
                />
              ))}
            </div>
          ))}
        </div>
        <p
          aria-hidden
          className="flex flex-none items-center gap-3 border-t px-4 py-1.5 text-xs text-ink-faint max-md:hidden"
        >
          <span className="flex items-center gap-1">
            <Kbd>↑</Kbd>
            <Kbd>↓</Kbd> choose
          </span>
          <span className="flex items-center gap-1">
            <Kbd>Tab</Kbd> insert
          </span>
          <span className="ms-auto flex items-center gap-1 truncate">{hint}</span>
        </p>
      </div>
    </div>,
    document.body,
  );
}

type RowProps = {
  id: string;
  option: Suggestion;
  isSelected: boolean;
  onReach: () => void;
  onChoose: () => void;
};

function Row({ id, option: { icon, name, marks, details, trailing }, isSelected, onReach, onChoose }: RowProps) {
  const faint = isSelected ? "text-ink-soft" : "text-ink-faint";
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus and receives the keys
    <div
      id={id}
      tabIndex={-1}
      role="option"
      aria-selected={isSelected}
      onClick={onChoose}
      onPointerMove={onReach}
      className={cn(
        "flex min-h-9 cursor-pointer select-none items-center gap-3 rounded-control px-2.5 py-1 max-md:min-h-12",
        isSelected && "selected text-ink",
      )}
    >
      <span className="grid size-6 flex-none place-items-center">{icon}</span>
      <span className="flex min-w-0 flex-1 items-baseline gap-1.5">
        <bdi className="max-w-[75%] flex-none truncate">
          <Marked text={name} marks={marks} />
        </bdi>
        {details && <bdi className={cn("min-w-0 truncate text-sm", faint)}>{details}</bdi>}
      </span>
      <span className={cn("max-w-[40%] flex-none truncate text-xs empty:hidden", faint)}>{trailing}</span>
    </div>
  );
}

const haveSameIds = (a: readonly Suggestion[], b: readonly Suggestion[]) =>
  a.length === b.length && a.every(({ id }, at) => id === b[at]?.id);

/** Neighbours with the same heading, together. */
function sectionsOf(options: readonly Suggestion[]): { heading: string | null; rows: Suggestion[] }[] {
  const all: { heading: string | null; rows: Suggestion[] }[] = [];
  for (const option of options) {
    const last = all.at(-1);
    if (last && last.heading === option.section) last.rows.push(option);
    else all.push({ heading: option.section, rows: [option] });
  }
  return all;
}
