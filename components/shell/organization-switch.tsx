import { Check } from "lucide-react";
import { MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import type { OwnOrganization } from "@/lib/contract/own-organizations";
import { pathsOf } from "@/lib/contract/paths";
import { OrganizationAvatar } from "./organization-avatar";
import { OrganizationNews } from "./organization-news";

type OrganizationSwitchProps = { organizations: readonly OwnOrganization[]; isReachable: boolean };

/**
 * The items of a menu that open my other organizations. Nothing, if there is only one. They are disabled without a connection,
 * because this page works offline and the other one could not be loaded.
 */
export function OrganizationSwitch({ organizations, isReachable }: OrganizationSwitchProps) {
  if (organizations.length < 2) return null;
  return (
    <>
      <MenuLabel>Organizations</MenuLabel>
      {organizations.map((organization) =>
        organization.isCurrent ? (
          <MenuItem key={organization.id} trailing={<Check aria-label="This one" className="size-4 text-accent-ink" />}>
            <Name organization={organization} />
          </MenuItem>
        ) : (
          <MenuItem key={organization.id} asChild disabled={!isReachable}>
            {/* An ordinary link, because another organization is loaded from the server. */}
            <a href={isReachable ? pathsOf(organization.handle).home : undefined}>
              <span className="min-w-0 flex-1">
                <Name organization={organization} />
              </span>
              <OrganizationNews organization={organization} />
            </a>
          </MenuItem>
        ),
      )}
      {!isReachable && <MenuLabel>You're offline. Switch when you're connected again.</MenuLabel>}
      <MenuSeparator />
    </>
  );
}

function Name({ organization }: { organization: OwnOrganization }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <OrganizationAvatar organization={organization} size={24} />
      <bdi className="min-w-0 truncate">{organization.name}</bdi>
    </span>
  );
}
