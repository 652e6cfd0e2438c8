"use client";
import { type ReactNode, useState } from "react";
import { cn } from "./cn";
import { hueOf, initials } from "./initials";
import { type Presence, PresenceDot, presenceNames } from "./presence";

// Whole class names, so that the style sheet has them.
const sizes = {
  16: "av-16 text-[7.5px]",
  20: "av-20 av-dot-sm text-[8.5px]",
  24: "av-24 av-dot-sm",
  28: "av-28 av-dot-sm",
  32: "av-32",
  36: "av-36",
  40: "av-40",
  48: "av-48 av-dot-lg",
  96: "av-96 av-dot-xl",
};
export type AvatarSize = keyof typeof sizes;

export type AvatarProps = {
  /** Decides the colour, so a person looks the same everywhere. */
  id: string;
  name: string;
  src?: string | null;
  size?: AvatarSize;
  /** People are round; organizations, bots, groups and rooms are rounded squares. */
  thing?: boolean;
  /** Instead of initials. */
  icon?: ReactNode;
  presence?: Presence;
  /** Signs of the name shown; two unless there is no room. */
  letters?: 1 | 2;
  /** Where no name stands beside it. Otherwise only the presence is read out. */
  labelled?: boolean;
  className?: string;
};

export function Avatar({ id, name, src, size = 36, thing, icon, presence, letters, labelled, className }: AvatarProps) {
  const [broken, setBroken] = useState<string>();
  const spoken = [labelled && name, presence && presenceNames[presence]].filter(Boolean).join(", ");
  const picture = src && src !== broken;
  return (
    <span className={cn("relative inline-block flex-none align-top", sizes[size], className)}>
      <span
        aria-hidden
        className={cn(
          "flex size-full select-none items-center justify-center overflow-hidden leading-none tracking-name [&_svg]:size-[48%]",
          size === 16 ? "font-bold" : "font-semibold",
          thing ? "rounded-thing" : "rounded-full",
          presence && "av-cut",
          !picture && `avatar-fill hue-${hueOf(id)}`,
        )}
      >
        {picture ? (
          <img
            src={src}
            alt=""
            loading="lazy"
            decoding="async"
            className="size-full object-cover"
            onError={() => setBroken(src)}
          />
        ) : (
          (icon ?? initials(name, letters ?? (size === 16 ? 1 : 2)))
        )}
      </span>
      {presence && <PresenceDot presence={presence} className="av-presence" />}
      {spoken && <span className="sr-only">{spoken}</span>}
    </span>
  );
}

type FacepileProps = {
  people: readonly Pick<AvatarProps, "id" | "name" | "src">[];
  size?: AvatarSize;
  max?: number;
  label?: string;
  className?: string;
};

/** A few faces laid over each other. The label says whose; without one they are decoration. */
export function Facepile({ people, size = 20, max = 3, label, className }: FacepileProps) {
  return (
    <span
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={cn("inline-flex items-center", className)}
    >
      {people.slice(0, max).map((person, at) => (
        <Avatar
          key={person.id}
          {...person}
          size={size}
          letters={size > 28 ? 2 : 1}
          className={at > 0 ? "-ml-1.5 av-overlap" : undefined}
        />
      ))}
      {people.length > max && <span className="ml-1 text-xs tabular-nums text-ink-faint">+{people.length - max}</span>}
    </span>
  );
}
