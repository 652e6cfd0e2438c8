"use client";
import { ChevronLeft, X } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useEffect, useId, useRef, useState } from "react";
import { useStore } from "zustand";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { openPlace, usePaths } from "@/components/shell/place";
import { touchDevice } from "@/components/shell/use-media";
import { Banner } from "@/components/ui/banner";
import { IconButton } from "@/components/ui/button";
import { isKey } from "@/components/ui/keys";
import { isOverlayOpen } from "@/components/ui/return-focus";
import { RemovableChip } from "@/components/ui/tag";
import { useChooseFirst } from "@/components/ui/use-choose-first";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useMe } from "@/lib/client/hooks/use-me";
import { useParley } from "@/lib/client/hooks/use-parley";
import { limits } from "@/lib/contract/limits";
import type { Person } from "@/lib/contract/person";
import { ExistingConversation } from "./existing-conversation";
import { FirstMessage } from "./first-message";
import { firstMessagePlace, moveText } from "./first-message-text";
import { FoundPeople } from "./found-people";
import { PersonAvatar } from "./person-avatar";
import { useConversationPeople } from "./use-conversation-people";
import { useStartConversation } from "./use-start-conversation";

const idsOf = (people: readonly Person[]) => people.map(({ id }) => id);

/** On touch devices, focus would open the on-screen keyboard. */
function focusUnlessTouch(field: HTMLElement | null) {
  if (!matchMedia(touchDevice).matches) field?.focus();
}

/** Chooses the people to write to. The address can name some of them; adding people to them starts another conversation. */
export default function NewMessageScreen() {
  const firstIds = useSearchParams().get("to") ?? "";
  return <NewMessage key={firstIds} firstIds={firstIds.split(",").filter(Boolean)} />;
}

function NewMessage({ firstIds }: { firstIds: readonly string[] }) {
  const { me } = useMe();
  const paths = usePaths();
  const { stores, texts } = useParley();
  const people = useStore(stores.people, (state) => state.people);
  const blocked = useBlocked();
  const [chosen, setChosen] = useState<Person[]>(() =>
    firstIds.flatMap((id) => (id === me.id ? [] : (people.get(id) ?? []))),
  );
  const isAdding = firstIds.length > 0;
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const { found, offered, isSearching } = useConversationPeople(text.trim(), {
    isMeOffered: chosen.length === 0 && !isAdding,
  });
  const start = useStartConversation();
  const isChosen = ({ id }: Person) => chosen.some((person) => person.id === id);
  const isBlocked = ({ id }: Person) => blocked.ids.has(id);
  const openChosen = () => void start.run(idsOf(chosen));
  useEffect(() => {
    if (!isOverlayOpen()) focusUnlessTouch(field.current);
  }, []);

  function choose(person: Person) {
    // The conversation is being opened.
    if (start.isPending) return;
    // My own choice opens my notes.
    if (person.id === me.id) return void start.run([]);
    if (isChosen(person)) change(chosen.filter(({ id }) => id !== person.id));
    else if (chosen.length < limits.directOthers) change([...chosen, person]);
    setText("");
    focusUnlessTouch(field.current);
  }
  /** What was typed for those who were chosen is now for these people. */
  function change(next: Person[]) {
    moveText(texts, firstMessagePlace(idsOf(chosen)), firstMessagePlace(idsOf(next)));
    setChosen(next);
  }
  const first = useChooseFirst(found.isStale, () => {
    const next = offered.find((person) => !isChosen(person) && !isBlocked(person));
    if (next) choose(next);
  });

  return (
    <Pane>
      <Bar>
        <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <h1 className="flex-1 text-md tracking-name">{isAdding ? "Add people" : "New message"}</h1>
        <IconButton label="Close" className="max-md:hidden" onClick={() => openPlace(paths.home)}>
          <X aria-hidden />
        </IconButton>
      </Bar>
      <div className="mt-bar flex-none">
        <ConnectionBanner className="" />
      </div>
      <div className="flex flex-none items-start gap-3 border-b px-5 py-2.5 has-[input:focus-visible]:border-accent max-md:px-4">
        <label htmlFor={`${listId}-to`} className="leading-[30px] text-ui text-ink-faint max-md:leading-11">
          To
        </label>
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
          {chosen.map((person) => (
            <RemovableChip
              key={person.id}
              name={person.name}
              icon={<PersonAvatar person={person} size={20} />}
              onRemove={() => choose(person)}
            />
          ))}
          <input
            ref={field}
            id={`${listId}-to`}
            type="search"
            // Typing anywhere on the page writes here.
            data-composer
            aria-label="Find people"
            aria-controls={listId}
            placeholder={chosen.length === 0 ? "Name or handle" : undefined}
            autoComplete="off"
            maxLength={100}
            value={text}
            className="h-[30px] min-w-32 flex-1 appearance-none rounded-sm bg-transparent [&::-webkit-search-cancel-button]:appearance-none outline-none max-md:h-touch max-md:text-touch"
            onChange={(event) => {
              first.cancel();
              setText(event.target.value);
            }}
            onKeyDown={(event) => {
              const last = chosen.at(-1);
              if (isKey(event, "backspace") && text === "" && last) return choose(last);
              if (!isKey(event, "enter")) return;
              event.preventDefault();
              if (text.trim()) first.press();
              else if (chosen.length > 0) openChosen();
            }}
          />
        </div>
        <span className="flex-none text-xs leading-[30px] text-ink-faint tabular-nums max-md:leading-11">
          {chosen.length} of {limits.directOthers}
        </span>
      </div>
      <p className="px-5 pt-2.5 text-sm text-ink-soft max-md:px-4">
        {isAdding
          ? "This starts another conversation. What was said so far stays where it is."
          : `Choose up to ${limits.directOthers} people. Only they can see it.`}
      </p>
      {start.error && (
        <Banner tone="danger" className="mx-5 mt-2.5 rounded-control max-md:mx-4">
          {start.error.message}
        </Banner>
      )}
      <FoundPeople
        id={listId}
        query={text.trim()}
        found={found}
        people={offered}
        isSearching={isSearching}
        isChosen={isChosen}
        isBlocked={isBlocked}
        isFull={chosen.length >= limits.directOthers}
        onChoose={choose}
      />
      {chosen.length > 0 && (
        <>
          <ExistingConversation ids={idsOf(chosen)} onOpen={openChosen} />
          <FirstMessage
            people={chosen}
            busy={start.isPending}
            isIncomplete={isAdding && chosen.length < firstIds.length}
            onOpen={openChosen}
            onSend={(body) => void start.run(idsOf(chosen), body)}
          />
        </>
      )}
    </Pane>
  );
}
