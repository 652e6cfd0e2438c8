import { Avatar, type AvatarProps } from "@/components/ui/avatar";
import type { Organization } from "@/lib/contract/organization-settings";
import { iconPath } from "@/lib/contract/paths";

type OrganizationAvatarProps = Pick<AvatarProps, "size" | "className"> & {
  organization: Pick<Organization, "id" | "name" | "picture">;
};

/** An organization's icon, or the initials of its name. */
export function OrganizationAvatar({ organization, size = 28, ...props }: OrganizationAvatarProps) {
  const { id, name, picture } = organization;
  const src = picture && iconPath(picture, size > 48 ? 256 : 96);
  return <Avatar id={id} name={name} src={src} size={size} thing {...props} />;
}
