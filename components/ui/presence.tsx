import { cn } from "./cn";

export type Presence = "active" | "idle" | "dnd" | "offline";

export const presenceNames: Record<Presence, string> = {
  active: "Active",
  idle: "Idle",
  dnd: "Do not disturb",
  offline: "Offline",
};

// The shapes differ too, for people who cannot tell the colours apart.
const shapes: Record<Presence, string> = {
  active: "presence-active",
  idle: "presence-idle",
  dnd: "presence-dnd",
  offline: "presence-offline",
};

/** A dot without text. Add the name of the presence next to the dot, as the avatar does. */
export function PresenceDot({ presence, className }: { presence: Presence; className?: string }) {
  return <span aria-hidden className={cn("presence", shapes[presence], className)} />;
}
