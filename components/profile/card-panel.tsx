"use client";
import type { RefObject } from "react";
import { Panel } from "@/components/ui/popover-panel";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePerson } from "@/lib/client/hooks/use-person";
import type { Person } from "@/lib/contract/person";
import { PersonCard } from "./person-card";
import type { TimedChoice } from "./presence-words";

type CardPanelProps = {
  personId: string;
  anchor: RefObject<HTMLElement | null>;
  card: RefObject<HTMLDivElement | null>;
  takesFocus: boolean;
  onClose: () => void;
  onSetStatus: () => void;
  onPickTime: (choice: TimedChoice) => void;
  onBlock: (person: Person) => void;
};

/** The panel with a person's card, beside their name. */
export function CardPanel({ personId, anchor, card, takesFocus, onClose, ...dialogs }: CardPanelProps) {
  const { me } = useMe();
  const other = usePerson(personId === me.id ? null : personId);
  const person = personId === me.id ? me : other;
  if (!person) return null;
  return (
    <Panel
      id="person-card"
      label={person.name}
      button={anchor}
      open
      onOpenChange={(open) => !open && onClose()}
      takesFocus={takesFocus}
      side="bottom"
      className="w-80"
    >
      <div ref={card}>
        <PersonCard person={person} onClose={onClose} {...dialogs} />
      </div>
    </Panel>
  );
}
