"use client";
import type { RefObject } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Panel } from "@/components/ui/popover-panel";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePerson } from "@/lib/client/hooks/use-person";
import { CardSheet } from "./card-sheet";
import { type CardProps, PersonCard } from "./person-card";

type CardPanelProps = Omit<CardProps, "person"> & {
  personId: string;
  anchor: RefObject<HTMLElement | null>;
  card: RefObject<HTMLDivElement | null>;
  open: boolean;
  /** Whether it is a sheet, as on phones. */
  isSheet: boolean;
  takesFocus: boolean;
  /** Called when the person acts in the card. */
  onUse: () => void;
};

/** A person's card: in a panel beside their name, or in a sheet. */
export function CardPanel({ personId, anchor, card, open, isSheet, takesFocus, onUse, ...handlers }: CardPanelProps) {
  const { me } = useMe();
  const other = usePerson(personId === me.id ? null : personId);
  const person = personId === me.id ? me : other;
  if (!person) return null;
  const onOpenChange = (next: boolean) => !next && handlers.onClose();
  if (isSheet)
    return (
      <Dialog open={open} onOpenChange={onOpenChange} title={person.name} hideHeader>
        <CardSheet person={person} {...handlers} />
      </Dialog>
    );
  return (
    <Panel
      id="person-card"
      label={person.name}
      button={anchor}
      open={open}
      onOpenChange={onOpenChange}
      takesFocus={takesFocus}
      side="bottom"
      className="w-80"
    >
      {/* Its menu is elsewhere in the document, but its events come here. */}
      <div ref={card} onPointerDown={onUse} onFocus={onUse}>
        <PersonCard person={person} {...handlers} />
      </div>
    </Panel>
  );
}
