"use client";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useChoice } from "@/lib/client/hooks/use-mutation";
import type { Room } from "@/lib/contract/room";
import { PostingPolicy } from "@/lib/contract/room-role";
import { choiceWidth } from "./details-parts";

export const postingWords: Record<PostingPolicy, string> = {
  everyone: "Everyone",
  moderators: "Moderators and admins",
};
const options = PostingPolicy.options.map((value) => ({ value, label: postingWords[value] }));

/** Chooses who may post in a room. A choice is saved at once. */
export function PostingChoice({ room }: { room: Room }) {
  const call = useCall();
  const saving = useChoice<PostingPolicy>(
    room.postingPolicy,
    (postingPolicy) => call("room.update", { roomId: room.id, postingPolicy }),
    (error) => toast.error(error.message),
  );
  return (
    <Select
      size="sm"
      className={choiceWidth}
      aria-label="Who can post"
      aria-busy={saving.isPending}
      options={options}
      value={saving.value}
      onChange={(event) => saving.choose(PostingPolicy.parse(event.target.value))}
    />
  );
}
