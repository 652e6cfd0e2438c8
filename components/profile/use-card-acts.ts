"use client";
import { Copy, EyeOff, type LucideIcon, Settings2, UserRound } from "lucide-react";
import { usePaths } from "@/components/shell/place";
import type { Person } from "@/lib/contract/person";
import type { CardOffers } from "./use-card-offers";
import { useCopyHandle } from "./use-copy-handle";
import { useOpenProfile } from "./use-open-profile";

/** Something that a person's card leads to, besides its buttons. */
export interface CardAct {
  key: "profile" | "copy" | "manage" | "block";
  label: string;
  icon: LucideIcon;
  danger?: boolean;
  /** The page that it opens. An act without one is done by `run`. */
  href?: string;
  run: () => void;
}

type Handlers = { onClose: () => void; onBlock: (person: Person) => void };

/** What the card of somebody else has under "More", and as rows on phones. */
export function useCardActs(person: Person, offers: CardOffers, { onClose, onBlock }: Handlers): CardAct[] {
  const paths = usePaths();
  const openProfile = useOpenProfile();
  const copyHandle = useCopyHandle();
  const { id, name, handle } = person;
  const acts: (CardAct | false)[] = [
    {
      key: "profile",
      label: "View profile",
      icon: UserRound,
      run() {
        openProfile(id);
        onClose();
      },
    },
    { key: "copy", label: `Copy @${handle}`, icon: Copy, run: () => copyHandle(handle) },
    offers.has("manage") && {
      key: "manage",
      label: `Manage ${name}`,
      icon: Settings2,
      href: `${paths.setting("people")}?search=${encodeURIComponent(JSON.stringify(handle))}`,
      run: onClose,
    },
    offers.has("block") && {
      key: "block",
      label: `Block ${name}`,
      icon: EyeOff,
      danger: true,
      run: () => onBlock(person),
    },
  ];
  return acts.filter((act) => act !== false);
}
