"use client";
import { PersonPicture } from "@/components/people/person-avatar";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Person } from "@/lib/contract/person";
import { ChangedPicture } from "./changed-picture";

/** My picture, with a button to change it. */
export function ProfilePicture({ me }: { me: Person }) {
  const call = useCall();
  return (
    <div className="flex flex-none flex-col items-center gap-2">
      <ChangedPicture
        title="Your picture"
        hasPicture={me.picture !== null}
        isRound
        labels={{ change: "Change picture", add: "Add a picture" }}
        onSave={(picture) => call("person.setPicture", { picture })}
      >
        <PersonPicture person={me} size={96} />
      </ChangedPicture>
    </div>
  );
}
