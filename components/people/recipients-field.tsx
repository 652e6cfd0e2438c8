"use client";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { touchDevice } from "@/components/shell/use-media";
import { isOverlayOpen } from "@/components/ui/return-focus";
import { RemovableChip } from "@/components/ui/tag";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useMe } from "@/lib/client/hooks/use-me";
import { limits } from "@/lib/contract/limits";
import type { Person } from "@/lib/contract/person";
import { FoundPeople, rowId } from "./found-people";
import { PersonAvatar } from "./person-avatar";
import { useConversationPeople } from "./use-conversation-people";
import { useRecipientKeys } from "./use-recipient-keys";
import type { Recipients } from "./use-recipients";

/** On touch devices, focus would open the on-screen keyboard. */
function focusUnlessTouch(field: HTMLElement | null) {
  if (!matchMedia(touchDevice).matches) field?.focus();
}

type RecipientsFieldProps = {
  recipients: Recipients;
  /** What stands between the field and the list. */
  children: ReactNode;
  /** Called to open the conversation with these people. Nobody: my notes. */
  onOpen: (ids: string[]) => void;
};

/** The people of a new message as chips, the field that finds more of them, and the list of those that it found. */
export function RecipientsField({ recipients, children, onOpen }: RecipientsFieldProps) {
  const { ids, people, adding, isFull } = recipients;
  const { me } = useMe();
  const blocked = useBlocked();
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const { found, offered, isSearching, findNow } = useConversationPeople(text.trim(), {
    isMeOffered: ids.length + adding === 0,
  });
  const isChosen = ({ id }: Person) => ids.includes(id);
  const isBlocked = ({ id }: Person) => blocked.ids.has(id);
  const canChoose = (person: Person) => !isFull && !isChosen(person) && !isBlocked(person);
  useEffect(() => {
    if (!isOverlayOpen()) focusUnlessTouch(field.current);
  }, []);

  function add({ id }: Person) {
    // My own choice opens my notes.
    if (id === me.id) onOpen([]);
    else recipients.add(id);
  }
  function choose(person: Person) {
    add(person);
    if (person.id === me.id) return;
    setText("");
    focusUnlessTouch(field.current);
  }
  function remove(id: string) {
    recipients.remove(id);
    focusUnlessTouch(field.current);
  }
  const { activeId, onKeyDown } = useRecipientKeys({
    text,
    onText: setText,
    choosable: offered.filter(canChoose),
    isStale: found.isStale,
    findNow: async (query) => {
      const chosenIds = recipients.idsNow();
      return (await findNow(query)).filter((person) => !chosenIds.includes(person.id) && !isBlocked(person));
    },
    onChoose: add,
    onRemoveLast: () => ids.length > 0 && remove(ids.at(-1) ?? ""),
    onOpen: () => recipients.idsNow().length > 0 && onOpen(recipients.idsNow()),
  });

  return (
    <>
      <div className="flex flex-none items-start gap-3 border-b px-5 py-2.5 has-[input:focus-visible]:border-accent max-md:px-4">
        <label htmlFor={`${listId}-to`} className="leading-[30px] text-ui text-ink-faint max-md:leading-11">
          To
        </label>
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
          {people.map((person) => (
            <RemovableChip
              key={person.id}
              name={person.name}
              icon={<PersonAvatar person={person} size={20} />}
              onRemove={() => remove(person.id)}
            />
          ))}
          <input
            ref={field}
            id={`${listId}-to`}
            role="combobox"
            // Typing anywhere on the page writes here.
            data-composer
            aria-label="Find people"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={activeId && rowId(listId, activeId)}
            placeholder={ids.length === 0 ? "Name or handle" : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={text}
            className="h-[30px] min-w-32 flex-1 rounded-sm bg-transparent outline-none max-md:h-touch max-md:text-touch"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <span className="flex-none text-xs leading-[30px] text-ink-faint tabular-nums max-md:leading-11">
          {ids.length} of {limits.directOthers}
        </span>
      </div>
      {children}
      <FoundPeople
        id={listId}
        query={text.trim()}
        found={found}
        people={offered}
        isSearching={isSearching}
        isChosen={isChosen}
        isBlocked={isBlocked}
        isFull={isFull}
        activeId={activeId}
        onChoose={(person) => (isChosen(person) ? remove(person.id) : choose(person))}
      />
    </>
  );
}
