"use client";
import { Settings2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useAsker } from "@/components/people/use-asker";
import { actsFor, type PersonAct } from "@/components/settings/person-acts";
import { PartLink } from "@/components/shell/place-link";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { retrying } from "@/components/ui/on-demand";
import type { Person } from "@/lib/contract/person";

const PersonActDialog = dynamic(
  retrying(async () => ({ default: (await import("@/components/settings/person-act-dialog")).PersonActDialog })),
  { ssr: false },
);

/** What an owner or admin can do with a person. A dialog asks first. */
export function ProfileActs({ person }: { person: Person }) {
  const asker = useAsker();
  const paths = usePaths();
  const [asked, setAsked] = useState<{ act: PersonAct; dialogKey: number }>();
  const [isOpen, setOpen] = useState(false);
  const { acts, reason } = actsFor(asker, person);
  return (
    <section className="mt-4 border-t pt-4">
      <h4 className="text-xs font-medium text-ink-faint">Manage</h4>
      <div className="mt-1 flex flex-col items-start">
        {acts
          // The end of a guest's access is known only to the page of people in the settings.
          .filter(({ key }) => key !== "end")
          .map((act) => (
            <Button
              key={act.key}
              variant={act.danger ? "danger-ghost" : "ghost"}
              icon={act.icon}
              className="-ms-2.5"
              onClick={() => {
                setAsked({ act, dialogKey: (asked?.dialogKey ?? 0) + 1 });
                setOpen(true);
              }}
            >
              {act.label}
            </Button>
          ))}
        {reason && <p className="py-1 text-sm text-ink-soft">{reason}</p>}
        <Button asChild variant="ghost" className="-ms-2.5">
          <PartLink
            href={`${paths.setting("people")}?search=${encodeURIComponent(JSON.stringify(person.handle))}`}
            aria-label={`Manage ${person.name}`}
          >
            <Settings2 aria-hidden />
            In the settings
          </PartLink>
        </Button>
      </div>
      {asked && (
        <PersonActDialog
          key={asked.dialogKey}
          act={asked.act}
          person={person}
          endsAt={null}
          open={isOpen}
          onOpenChange={setOpen}
          onDone={() => {}}
        />
      )}
    </section>
  );
}
