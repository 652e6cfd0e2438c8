"use client";
import { type ReactNode, useState } from "react";
import { cn } from "./cn";
import { hueOf, initials } from "./initials";
import { type Presence, PresenceDot, presenceNames } from "./presence";

// Tailwind finds only class names that are written out in full.
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
  /** Determines the colour, so that it is the same everywhere. */
  id: string;
  name: string;
  src?: string | null;
  size?: AvatarSize;
  /** A rounded square instead of a circle: for organizations, bots, groups and rooms. */
  thing?: boolean;
  /** Shown instead of initials. */
  icon?: ReactNode;
  presence?: Presence;
  /** How many initials to show. Two, unless the avatar is tiny. */
  letters?: 1 | 2;
  /** Makes `name` the accessible name. Set it if the name is not shown next to the avatar. */
  labelled?: boolean;
  /** A click opens the card of the person with this id. The name next to the avatar must be a button that does the same. */
  cardOf?: string | null;
  className?: string;
};

export function Avatar(props: AvatarProps) {
  const { id, name, src, size = 36, thing, icon, presence, letters, labelled, cardOf, className } = props;
  const [failedSrc, setFailedSrc] = useState<string>();
  const accessibleName = [labelled && name, presence && presenceNames[presence]].filter(Boolean).join(", ");
  const hasPicture = src && src !== failedSrc;
  return (
    <span
      data-person={cardOf ?? undefined}
      className={cn("relative inline-block flex-none align-top", cardOf && "cursor-pointer", sizes[size], className)}
    >
      <span
        aria-hidden
        className={cn(
          "flex size-full select-none items-center justify-center overflow-hidden leading-none tracking-name [&_svg]:size-[48%]",
          size === 16 ? "font-bold" : "font-semibold",
          thing ? "rounded-thing" : "rounded-full",
          presence && "av-cut",
          !hasPicture && `avatar-fill hue-${hueOf(id)}`,
        )}
      >
        {hasPicture ? (
          <img
            src={src}
            alt=""
            loading="lazy"
            decoding="async"
            className="size-full object-cover"
            onError={() => setFailedSrc(src)}
          />
        ) : (
          (icon ?? initials(name, letters ?? (size === 16 ? 1 : 2)))
        )}
      </span>
      {presence && <PresenceDot presence={presence} className="av-presence" />}
      {accessibleName && <span className="sr-only">{accessibleName}</span>}
    </span>
  );
}
