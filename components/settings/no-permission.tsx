"use client";
import { Lock } from "lucide-react";
import Link from "next/link";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SettingsPage } from "./page";

/** Shown instead of a page that the person may not use. `reason` names the roles that may use it, such as owners and admins. */
export function NoPermission({ title, reason }: { title: string; reason: string }) {
  return (
    <SettingsPage title={title}>
      <Empty
        icon={<Lock />}
        title="You don't have permission"
        actions={
          <Button asChild>
            <Link href={usePaths().home}>Back to Parley</Link>
          </Button>
        }
      >
        {reason} Ask one of them for help.
      </Empty>
    </SettingsPage>
  );
}
