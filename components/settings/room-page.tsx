"use client";
import { ArrowUpRight, Hash } from "lucide-react";
import Link from "next/link";
import { AvatarField } from "@/components/rooms/avatar-field";
import { postingWords } from "@/components/rooms/posting-choice";
import { optionOfRule, ruleOfOption, ruleOptions } from "@/components/rooms/rule-choice";
import { RoomTile } from "@/components/rooms/room-icon";
import { peopleCount, roomLabel, roomName } from "@/components/rooms/room-name";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useCall } from "@/lib/client/hooks/use-call";
import { useQuery } from "@/lib/client/hooks/use-query";
import { limits } from "@/lib/contract/limits";
import type { AdministeredRoom } from "@/lib/contract/room-administration";
import { PostingPolicy } from "@/lib/contract/room-role";
import type { Asker } from "@/lib/policy/decision";
import type { RoomSubject } from "@/lib/policy/room";
import { mayChange, maySeeTopic, type RoomField } from "@/lib/policy/room-settings";
import { LoadError } from "./load-error";
import { SettingsPage, SettingsSection } from "./page";
import { RoomDanger } from "./room-danger";
import { RoomMembers } from "./room-members";
import { SettingsForm } from "./settings-form";

/** One room with everything that owners and admins may do in it. */
export function RoomPage({ roomId, asker }: { roomId: string; asker: Asker }) {
  const paths = usePaths();
  const { data, error, reload } = useQuery({ roomId }, (call, input) => call("room.administer", input));
  if (error || !data) {
    return (
      <SettingsPage title="Room">
        {error ? (
          <LoadError title="Couldn't load the room" message={error.message} onRetry={reload} />
        ) : (
          <ListSkeleton rows={6} label="Loading the room" />
        )}
      </SettingsPage>
    );
  }
  const [found] = data.rooms;
  if (!found) {
    return (
      <SettingsPage title="Room">
        <Empty
          icon={<Hash />}
          title="This room doesn't exist"
          actions={
            <Button asChild>
              <Link href={paths.setting("rooms")}>All rooms</Link>
            </Button>
          }
        >
          It may have been deleted.
        </Empty>
      </SettingsPage>
    );
  }
  const { joined, messages } = found;
  const room = { ...found.room, bansAsker: found.banned };
  const isVisible = maySeeTopic(room, joined ? { role: "member" } : null);
  return (
    <SettingsPage
      title={roomName(room)}
      organizationName="Rooms"
      description={`${peopleCount(room.memberCount)}, ${messages.toLocaleString()} messages as counted a few minutes ago.`}
      narrow
      actions={
        isVisible && (
          <Button asChild icon={<ArrowUpRight aria-hidden />}>
            <Link href={paths.room(roomId)}>Open room</Link>
          </Button>
        )
      }
    >
      <RoomForm room={room} joined={joined} asker={asker} onSaved={reload} />
      <SettingsSection title="People" description="Who is in the room, and their role in it.">
        <RoomMembers room={room} joined={joined} asker={asker} onChanged={reload} />
      </SettingsSection>
      <RoomDanger room={room} joined={joined} asker={asker} onChanged={reload} />
    </SettingsPage>
  );
}

const postingOptions = PostingPolicy.options.map((value) => ({ value, label: postingWords[value] }));

type RoomFormProps = Pick<AdministeredRoom, "room" | "joined"> & {
  room: Pick<RoomSubject, "bansAsker">;
  asker: Asker;
  onSaved: () => void;
};

function RoomForm({ room, joined, asker, onSaved }: RoomFormProps) {
  const call = useCall();
  const membership = joined ? { role: "member" as const } : null;
  const locked = (field: RoomField) => !mayChange[field](asker, room, membership).ok;
  const { topic, description, postingPolicy, membersSetTopic, membersAddPeople } = room;
  const saved = { name: room.name ?? "", topic, description, postingPolicy, membersSetTopic, membersAddPeople };
  const reason = room.archivedAt
    ? "Unarchive the room to change it."
    : maySeeTopic(room, membership)
      ? null
      : room.bansAsker
        ? "You're banned from this room, so you can only rename it."
        : "You're not in this private room, so you can only rename it.";
  return (
    <SettingsForm
      saved={saved}
      save={async (changes) => {
        const changed = await call("room.update", { roomId: room.id, ...changes });
        onSaved();
        return { ...saved, ...changed, name: changed.name ?? "" };
      }}
    >
      {({ values, set, errors }) => (
        <>
          <SettingsSection
            title="About"
            description={reason ?? "What people see in the list and at the top of the room."}
          >
            {!locked("avatar") && (
              <AvatarField
                title={`Picture of ${roomLabel(room)}`}
                emoji={room.emoji}
                hasPicture={room.picture !== null}
                onSave={async (avatar) => {
                  await call("room.setAvatar", { roomId: room.id, avatar });
                  onSaved();
                }}
              >
                <RoomTile room={room} className="well size-12 rounded-thing" />
              </AvatarField>
            )}
            <Field label="Name" error={errors.name} required>
              <Input
                icon={<Hash aria-hidden />}
                value={values.name}
                maxLength={limits.name}
                disabled={locked("name")}
                onChange={(event) => set({ name: event.target.value })}
              />
            </Field>
            <Field label="Topic" error={errors.topic}>
              <Input
                value={values.topic}
                maxLength={limits.topic}
                disabled={locked("topic")}
                onChange={(event) => set({ topic: event.target.value })}
              />
            </Field>
            <Field label="Description" error={errors.description}>
              <Textarea
                value={values.description}
                maxLength={limits.description}
                disabled={locked("description")}
                onChange={(event) => set({ description: event.target.value })}
              />
            </Field>
          </SettingsSection>
          <SettingsSection title="Who can" description="Moderators and admins always can.">
            <Field label="Post" error={errors.postingPolicy}>
              <Select
                options={postingOptions}
                value={values.postingPolicy}
                disabled={locked("postingPolicy")}
                onChange={(event) => set({ postingPolicy: PostingPolicy.parse(event.target.value) })}
              />
            </Field>
            <Field label="Change the topic" error={errors.membersSetTopic}>
              <Select
                options={ruleOptions()}
                value={optionOfRule(values.membersSetTopic)}
                disabled={locked("membersSetTopic")}
                onChange={(event) => set({ membersSetTopic: ruleOfOption(event.target.value) })}
              />
            </Field>
            <Field label="Add people" error={errors.membersAddPeople}>
              <Select
                options={ruleOptions()}
                value={optionOfRule(values.membersAddPeople)}
                disabled={locked("membersAddPeople")}
                onChange={(event) => set({ membersAddPeople: ruleOfOption(event.target.value) })}
              />
            </Field>
          </SettingsSection>
        </>
      )}
    </SettingsForm>
  );
}
