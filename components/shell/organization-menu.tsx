"use client";
import { ChevronsUpDown, Keyboard, LogOut, Settings, UserPlus } from "lucide-react";
import Link from "next/link";
import { toFormFailure } from "@/components/auth/failure";
import { signOut } from "@/components/auth/sign-out";
import { useAsker } from "@/components/people/use-asker";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { useMe } from "@/lib/client/hooks/use-me";
import { OrganizationAvatar } from "./organization-avatar";
import { useOpenDialog } from "./open-dialog";
import { offeredTo } from "./organization-offers";
import { usePaths } from "./place";

/** The menu of the organization's name: invite people, settings, sign out. */
export function OrganizationMenu() {
  const { organization, me } = useMe();
  const asker = useAsker();
  const paths = usePaths();
  const open = useOpenDialog();
  return (
    <Menu
      className="w-64"
      trigger={
        <button
          type="button"
          className="flex h-9 min-w-0 flex-1 items-center gap-2.5 rounded-control py-1 pr-2 pl-1 text-left hover:bg-hover data-[state=open]:bg-hover max-md:h-13 max-md:gap-3"
        >
          <OrganizationAvatar organization={organization} size={28} />
          <h1 className="min-w-0 truncate text-md tracking-name max-md:text-2xl max-md:tracking-display">
            <bdi>{organization.name}</bdi>
          </h1>
          <ChevronsUpDown aria-hidden className="size-3.5 text-ink-soft" />
        </button>
      }
    >
      {offeredTo(asker).has("manageInvites") && (
        <>
          <MenuItem asChild>
            <Link href={paths.setting("invites")} prefetch={false}>
              <UserPlus aria-hidden />
              Invite people
            </Link>
          </MenuItem>
        </>
      )}
      <MenuItem asChild>
        <Link href={paths.settings} prefetch={false}>
          <Settings aria-hidden />
          Settings
        </Link>
      </MenuItem>
      <MenuItem icon={<Keyboard aria-hidden />} shortcut="mod+/" onSelect={() => open({ kind: "help" })}>
        Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<LogOut aria-hidden />}
        onSelect={() => {
          signOut().catch((error: unknown) => toast.error(toFormFailure(error).message));
        }}
      >
        Sign out {me.name}
      </MenuItem>
    </Menu>
  );
}
