"use client";
import { DoorOpen, Keyboard, LogOut, Plus, Settings, UserPlus } from "lucide-react";
import Link from "next/link";
import { toFormFailure } from "@/components/auth/failure";
import { isAllSaved } from "@/components/auth/is-all-saved";
import { signOut } from "@/components/auth/sign-out";
import { useAsker } from "@/components/people/use-asker";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { useMe } from "@/lib/client/hooks/use-me";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { OwnOrganization } from "@/lib/contract/own-organizations";
import { useOpenDialog } from "./open-dialog";
import { offeredTo } from "./organization-offers";
import { OrganizationSwitch } from "./organization-switch";
import { usePaths } from "./place";

type OrganizationItemsProps = { organizations: readonly OwnOrganization[]; mayCreate: boolean; isReachable: boolean };

/** The items of the organization's menu. */
export function OrganizationItems({ organizations, mayCreate, isReachable }: OrganizationItemsProps) {
  const { organization, me } = useMe();
  const asker = useAsker();
  const paths = usePaths();
  const open = useOpenDialog();
  const parley = useParley();
  async function signOutOrAsk() {
    if (await isAllSaved(parley)) await signOut();
    else open({ kind: "signOut" });
  }
  return (
    <>
      <OrganizationSwitch organizations={organizations} isReachable={isReachable} />
      {offeredTo(asker).has("manageInvites") && (
        <MenuItem asChild>
          <Link href={paths.setting("invites")} prefetch={false}>
            <UserPlus aria-hidden />
            Invite people
          </Link>
        </MenuItem>
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
      {mayCreate && (
        <MenuItem icon={<Plus aria-hidden />} onSelect={() => open({ kind: "createOrganization" })}>
          Create organization
        </MenuItem>
      )}
      <MenuItem icon={<DoorOpen aria-hidden />} onSelect={() => open({ kind: "leaveOrganization" })}>
        Leave <bdi>{organization.name}</bdi>
      </MenuItem>
      <MenuItem
        icon={<LogOut aria-hidden />}
        onSelect={() => {
          signOutOrAsk().catch((error: unknown) => toast.error(toFormFailure(error).message));
        }}
      >
        Sign out <bdi>{me.name}</bdi>
      </MenuItem>
    </>
  );
}
