"use client";
import { Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { DialogState } from "@/components/shell/open-dialog";
import { DialogFrame } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { isKey } from "@/components/ui/keys";
import { useChooseFirst } from "@/components/ui/use-choose-first";
import { Option } from "./switcher-option";
import { type SwitcherOption, useSwitcher } from "./use-switcher";

/**
 * The dialog of Ctrl+K: type a few letters to open a room. Its upper edge stays in place when the number of options changes.
 */
export default function Switcher({ open, onOpenChange }: DialogState) {
  return (
    <DialogFrame
      open={open}
      onOpenChange={onOpenChange}
      className="overflow-hidden rounded-bubble max-md:h-[85dvh] max-md:rounded-b-none md:mt-[min(128px,15dvh)]! md:mb-auto! md:max-h-[min(720px,100dvh-min(128px,15dvh)-24px)]! md:w-[640px]"
    >
      <Radix.Title className="sr-only">Jump to</Radix.Title>
      <SwitcherContent onDone={() => onOpenChange(false)} />
    </DialogFrame>
  );
}

function SwitcherContent({ onDone }: { onDone: () => void }) {
  const [query, setQuery] = useState("");
  // An id, not an index: rooms to join arrive later and must not move the choice.
  const [chosenId, setChosenId] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const dialogId = useId();
  const { groups, isSearching } = useSwitcher(query);
  const options = groups.flatMap((group) => group.options);
  const reached = options.find(({ id }) => id === chosenId);
  const chosen = reached ?? options.find(({ mustBeReached }) => !mustBeReached);
  // Enter waits for people whom the server may find.
  const first = useChooseFirst(isSearching && !reached, () => chosen && choose(chosen));
  const idOf = (option: SwitcherOption) => `${dialogId}-${option.id}`;

  const chosenElement = chosen && idOf(chosen);
  useEffect(() => {
    if (chosenElement) document.getElementById(chosenElement)?.scrollIntoView({ block: "nearest" });
  }, [chosenElement]);

  function reach(option: SwitcherOption | undefined) {
    // An Enter that still waits was not meant for this option.
    first.cancel();
    setChosenId(option?.id);
  }

  function choose(option: SwitcherOption) {
    onDone();
    option.choose();
  }

  function onKeyDown(event: KeyboardEvent) {
    const at = chosen ? options.indexOf(chosen) : -1;
    const move = (step: 1 | -1) => {
      const from = at < 0 && step < 0 ? 0 : at;
      reach(options[(from + step + options.length) % options.length]);
    };
    const optionOfShortcut = options.find(({ id, shortcut }) => id === "new" && shortcut && isKey(event, shortcut));
    if (isKey(event, "down")) move(1);
    else if (isKey(event, "up")) move(-1);
    else if (isKey(event, "enter")) first.press();
    else if (optionOfShortcut) choose(optionOfShortcut);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className="flex h-[58px] flex-none items-center gap-3 border-b ps-5 pe-3.5">
        <Search aria-hidden className="size-5 flex-none text-ink-faint" />
        <input
          role="combobox"
          aria-label="Jump to a room or person"
          aria-expanded
          aria-controls={`${dialogId}-list`}
          aria-activedescendant={chosenElement}
          placeholder="Jump to"
          className="h-full min-w-0 flex-1 bg-transparent text-lg outline-none"
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          autoFocus
          value={query}
          onChange={(event) => {
            first.cancel();
            setQuery(event.target.value);
            setChosenId(undefined);
            list.current?.scrollTo(0, 0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd className="max-md:hidden">Esc</Kbd>
      </div>
      <div
        ref={list}
        id={`${dialogId}-list`}
        role="listbox"
        aria-label="Results"
        className="min-h-0 flex-1 scroll-py-9 overflow-y-auto overscroll-contain p-2"
      >
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.name}>
            <p aria-hidden className="px-3 pt-2 pb-1 text-xs font-medium text-ink-faint">
              {group.name}
            </p>
            {group.options.map((option) => (
              <Option
                key={option.id}
                id={idOf(option)}
                option={option}
                isChosen={option === chosen}
                onChoose={() => choose(option)}
                onPointerOver={() => reach(option)}
              />
            ))}
          </div>
        ))}
        {options.length === 0 && (
          <p className="px-3 py-10 text-center text-ui text-ink-soft">Nothing matches “{query.trim()}”.</p>
        )}
      </div>
      <div className="flex h-[42px] flex-none items-center gap-[18px] border-t bg-surface-sunken px-5 text-xs text-ink-faint max-md:hidden">
        <span className="flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> move
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>↵</Kbd> open
        </span>
      </div>
    </>
  );
}
