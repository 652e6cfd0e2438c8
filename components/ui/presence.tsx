import { cn } from "./cn";

export type Presence = "active" | "idle" | "dnd" | "offline";

export const presenceNames: Record<Presence, string> = {
  active: "Active",
  idle: "Idle",
  dnd: "Do not disturb",
  offline: "Offline",
};

// Four shapes, not only four colours.
const shapes: Record<Presence, string> = {
  active: "presence-active",
  idle: "presence-idle",
  dnd: "presence-dnd",
  offline: "presence-offline",
};

/** The sign alone; the words stand beside it or are given by the avatar. */
export function PresenceDot({ presence, className }: { presence: Presence; className?: string }) {
  return <span aria-hidden className={cn("presence", shapes[presence], className)} />;
}
