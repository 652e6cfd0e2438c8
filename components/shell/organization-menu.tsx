"use client";
import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { useLaterPanel } from "@/components/ui/later";
import { Menu } from "@/components/ui/menu";
import { useMe } from "@/lib/client/hooks/use-me";
import { useOwnOrganizations } from "@/lib/client/hooks/use-own-organizations";
import { OrganizationAvatar } from "./organization-avatar";

const load = () => import("./organization-menu-items");

/**
 * The menu of the organization's name: my other organizations, invite people, settings, leave, sign out. Its items are fetched when
 * the pointer or the focus first reaches the button.
 */
export function OrganizationMenu() {
  const { organization } = useMe();
  const [isOpen, setOpen] = useState(false);
  const { module: items, fetchAhead } = useLaterPanel(load, isOpen, () => setOpen(false));
  const { organizations, mayCreate, isReachable, refresh } = useOwnOrganizations();
  const others = organizations.filter(({ isCurrent }) => !isCurrent);
  const isWaiting = others.some(({ waiting }) => waiting > 0);
  const isUnread = isWaiting || others.some((each) => each.isUnread);
  return (
    <Menu
      className="w-72"
      open={isOpen && items !== undefined}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) refresh();
      }}
      trigger={
        <button
          type="button"
          onPointerEnter={fetchAhead}
          onFocus={fetchAhead}
          className="flex h-9 min-w-0 flex-1 items-center gap-2.5 rounded-control py-1 pr-2 pl-1 text-left hover:bg-hover data-[state=open]:bg-hover max-md:h-13 max-md:gap-3"
        >
          <span className="relative flex flex-none">
            <OrganizationAvatar organization={organization} size={28} />
            {isUnread && (
              <span
                aria-hidden
                className={cn(
                  "absolute -end-1 -top-1 size-2.5 rounded-full ring-2 ring-canvas",
                  isWaiting ? "bg-badge-mention" : "bg-link",
                )}
              />
            )}
          </span>
          <h1 className="min-w-0 truncate text-md tracking-name max-md:text-2xl max-md:tracking-display">
            <bdi>{organization.name}</bdi>
          </h1>
          {isUnread && (
            <span className="sr-only">
              {isWaiting ? ", something waits in another organization" : ", unread in another organization"}
            </span>
          )}
          <ChevronsUpDown aria-hidden className="size-3.5 flex-none text-ink-soft" />
        </button>
      }
    >
      {items && <items.OrganizationItems {...{ organizations, mayCreate, isReachable }} />}
    </Menu>
  );
}
