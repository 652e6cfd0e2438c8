"use client";
import { PersonPicture } from "@/components/people/person-avatar";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePerson } from "@/lib/client/hooks/use-person";

/** The faces of the people who replied last, without those whom the viewer blocks. */
export function Faces({ personIds }: { personIds: readonly string[] }) {
  const { ids: blockedIds } = useBlocked();
  return (
    <span className="flex flex-none -space-x-1.5">
      {personIds
        .filter((id) => !blockedIds.has(id))
        .map((id) => (
          <Face key={id} personId={id} />
        ))}
    </span>
  );
}

function Face({ personId }: { personId: string }) {
  const { me } = useMe();
  const other = usePerson(personId);
  const person = personId === me.id ? me : other;
  return person && <PersonPicture person={person} size={20} className="rounded-full ring-2 ring-surface" />;
}
