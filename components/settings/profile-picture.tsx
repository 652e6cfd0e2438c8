"use client";
import { Camera } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PersonPicture } from "@/components/people/person-avatar";
import { Button } from "@/components/ui/button";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Person } from "@/lib/contract/person";

const PictureDialog = dynamic(() => import("@/components/pictures/picture-dialog"), { ssr: false });

/** My picture, with a button to change it. */
export function ProfilePicture({ me }: { me: Person }) {
  const call = useCall();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  // Zero until it is opened first. A new key begins with an empty dialog.
  const [openings, setOpenings] = useState(0);
  return (
    <div className="flex flex-none flex-col items-center gap-2">
      <PersonPicture person={me} size={96} />
      <Button
        size="sm"
        icon={<Camera aria-hidden />}
        onClick={() => {
          setOpen(true);
          setOpenings((count) => count + 1);
        }}
      >
        {me.picture ? "Change picture" : "Add a picture"}
      </Button>
      {openings > 0 && (
        <PictureDialog
          key={openings}
          open={isOpen}
          onOpenChange={setOpen}
          title="Your picture"
          isRound
          hasPicture={me.picture !== null}
          onSave={async (picture) => {
            await call("person.setPicture", { picture });
            // The settings have no store: the server renders them again with the new picture.
            router.refresh();
          }}
        />
      )}
    </div>
  );
}
