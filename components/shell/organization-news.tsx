import { Badge } from "@/components/ui/badge";
import type { OwnOrganization } from "@/lib/contract/own-organizations";

/** What is new in an organization: how much waits for me, or a dot if something is unread. Or that I must sign in to see it. */
export function OrganizationNews({ organization }: { organization: OwnOrganization }) {
  const { isSignedIn, isUnread, waiting } = organization;
  if (!isSignedIn) return <span className="flex-none text-xs text-ink-faint">Sign in</span>;
  if (waiting > 0) return <Badge amber count={waiting} label="waiting for you" />;
  if (!isUnread) return null;
  return (
    <span className="flex flex-none items-center">
      <span aria-hidden className="size-2 rounded-full bg-link" />
      <span className="sr-only"> unread</span>
    </span>
  );
}
