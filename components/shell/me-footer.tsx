"use client";
import { Monitor, Moon, Settings, Sun, SunMoon } from "lucide-react";
import { PersonAvatar } from "@/components/people/person-avatar";
import { useMyPresence } from "@/components/profile/use-my-presence";
import { useStatus, useUntilWords } from "@/components/profile/use-status";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuChoices, MenuLabel } from "@/components/ui/menu";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePaths } from "./place";
import { PartLink } from "./place-link";
import { useTheme } from "./use-theme";

const themes = [
  { value: "system", label: "System", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;

/** My name with my status or presence, and menus for theme and settings. Clicking my name opens my card. */
export function MeFooter() {
  const { me } = useMe();
  const { choice, words } = useMyPresence();
  const { status } = useConnection();
  const doing = useStatus(me);
  const until = useUntilWords(doing);
  // Appearing offline is always said, so that nobody forgets it.
  const isDoing = doing !== null && choice !== "offline";
  const { theme, setTheme } = useTheme();
  return (
    <div className="flex flex-none items-center gap-2.5 border-t py-2.5 pr-3 pl-4 max-md:bg-surface max-md:pb-[max(10px,env(safe-area-inset-bottom))]">
      <button
        type="button"
        data-person={me.id}
        aria-haspopup="dialog"
        className="flex min-w-0 flex-1 items-center gap-2.5 rounded-control text-start"
      >
        <PersonAvatar person={me} size={32} />
        <span className="min-w-0 flex-1 text-ui leading-[1.3] font-strong">
          <span className="block truncate">
            <bdi>{me.name}</bdi>
          </span>
          <span
            aria-hidden={(!isDoing && choice === "auto") || undefined}
            className="block truncate text-xs font-normal text-ink-faint"
          >
            {isDoing
              ? [doing.emoji, doing.text, until].filter(Boolean).join(" ")
              : words || (status === "online" ? "Connected" : "Connecting")}
          </span>
        </span>
      </button>
      <Menu
        side="top"
        align="end"
        trigger={
          <IconButton label="Theme">
            <SunMoon aria-hidden />
          </IconButton>
        }
      >
        <MenuLabel>Theme</MenuLabel>
        <MenuChoices value={theme} onChange={setTheme} options={themes} />
      </Menu>
      <PartLink
        href={usePaths().settings}
        aria-label="Settings"
        title="Settings"
        className="grid size-control flex-none place-items-center rounded-control text-ink-soft hover:bg-hover hover:text-ink max-md:size-touch"
      >
        <Settings aria-hidden className="size-4 max-md:size-5" />
      </PartLink>
    </div>
  );
}
