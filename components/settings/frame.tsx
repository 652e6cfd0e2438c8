"use client";
import { ChevronLeft, LogOut } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useContext, useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { isAllSaved } from "@/components/auth/is-all-saved";
import { signOut } from "@/components/auth/sign-out";
import { PersonPicture } from "@/components/people/person-avatar";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { toast } from "@/components/ui/toast";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Person } from "@/lib/contract/person";
import { usePaths } from "@/components/shell/place";
import { SettingsNav } from "./nav";
import { roleNames } from "./role-names";
import { ClientContext } from "./with-client";

const SignOutDialog = dialogOnDemand(() => import("@/components/auth/sign-out-dialog"));

type SettingsFrameProps = { me: Person; organization: string; children: ReactNode };

/** The list of settings on the left and the current page on the right. Phones show one at a time: `/settings` is the list. */
export function SettingsFrame({ me, organization, children }: SettingsFrameProps) {
  const paths = usePaths();
  const isListPage = usePathname() === paths.settings;
  // A role instead of <main>: switching the element would remount the page, which loses the keyboard focus.
  return (
    <div
      role={isListPage ? "main" : undefined}
      className="grid h-dvh grid-cols-1 overflow-hidden md:grid-cols-[var(--spacing-sidebar)_minmax(0,1fr)]"
    >
      <nav aria-label="Settings" className={cn("glass flex min-h-0 min-w-0 flex-col", !isListPage && "max-md:hidden")}>
        <div className="px-3 pt-3.5 pb-2">
          <Link
            href={paths.home}
            prefetch={false}
            className="flex h-9 items-center gap-2.5 rounded-control pr-2 pl-1 text-md font-semibold tracking-name hover:bg-hover max-md:h-touch"
          >
            <ChevronLeft aria-hidden className="size-4" />
            Back to Parley
          </Link>
          <h1 className="mt-2 px-2 text-2xl tracking-display md:hidden">Settings</h1>
        </div>
        <SettingsNav me={me} organization={organization} />
        <Me me={me} organization={organization} />
      </nav>
      <div
        role={isListPage ? undefined : "main"}
        className={cn(
          "relative flex min-h-0 min-w-0 flex-col overflow-hidden bg-surface md:m-2 md:ml-0 md:rounded-card md:border md:shadow-stage",
          isListPage && "max-md:hidden",
        )}
      >
        {children}
      </div>
    </div>
  );
}

function Me({ me, organization }: Omit<SettingsFrameProps, "children">) {
  const client = useContext(ClientContext);
  const [isAsking, setAsking] = useState(false);
  const signingOut = useMutation(
    async () => {
      if (!client || (await isAllSaved(client))) await signOut();
      else setAsking(true);
    },
    (error) => toast.error(toFormFailure(error).message),
  );
  return (
    <div className="flex items-center gap-2.5 border-t py-2.5 pr-3 pl-4">
      <PersonPicture person={me} size={32} />
      <div className="min-w-0 flex-1 text-ui font-strong leading-[1.3]">
        <span className="block truncate">{me.name}</span>
        <span className="block truncate text-xs font-normal text-ink-faint">
          {roleNames[me.role]} of {organization}
        </span>
      </div>
      <IconButton
        label="Sign out"
        aria-disabled={signingOut.isPending || undefined}
        onClick={() => void signingOut.run()}
      >
        <LogOut />
      </IconButton>
      <SignOutDialog open={isAsking} onOpenChange={setAsking} />
    </div>
  );
}
