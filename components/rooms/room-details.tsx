"use client";
import { Archive, ArchiveRestore } from "lucide-react";
import { Time } from "@/components/messages/time";
import { longDate, monthOfYear } from "@/components/messages/times";
import { Button } from "@/components/ui/button";
import { useCall } from "@/lib/client/hooks/use-call";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { limits } from "@/lib/contract/limits";
import type { RoomField } from "@/lib/policy/room-settings";
import { AskLink, WaitingRequests } from "@/components/join-requests/ask-to-join";
import { ArchivedTag } from "./archived-tag";
import { Rule, Section } from "./details-parts";
import { DeleteButton } from "./delete-button";
import { EditableText } from "./editable-text";
import { PostingChoice, postingWords } from "./posting-choice";
import { RoomAccessDetails } from "./room-access";
import { RoomAvatar } from "./room-avatar";
import { RuleChoice } from "./rule-choice";
import { accessWords, peopleCount, roomName } from "./room-name";
import { useArchive } from "./use-archive";
import { useRoomOffers } from "./use-room-offers";
import { WhatHappened } from "./what-happened";

/** A room's name, topic, description and rules. The viewer can edit what they may change. */
export function RoomDetails({ item }: { item: RoomListItem }) {
  const { room, membership } = item;
  const call = useCall();
  const offers = useRoomOffers(item);
  const mayEdit = (field: RoomField) => offers.has(field);
  const text = (field: "name" | "topic" | "description") => ({
    field,
    value: room[field] ?? "",
    place: `room.${room.id}.${field}`,
    maxLength: limits[field],
    mayEdit: mayEdit(field),
    onSave: (typed: string) => call("room.update", { roomId: room.id, [field]: typed }),
  });

  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-[calc(var(--spacing-bar)+20px)] pb-6 max-md:pb-28">
      <div className="flex items-center gap-3.5">
        <RoomAvatar room={room} mayEdit={mayEdit("avatar")} />
        <EditableText label="Name" {...text("name")}>
          {(edit) => (
            <>
              <div className="min-w-0 flex-1">
                <h3 className="text-lg leading-tight wrap-anywhere">
                  <bdi>{roomName(room)}</bdi>
                </h3>
                <p className="mt-0.5 text-sm text-ink-faint">
                  {accessWords[room.access].name} room, since <Time at={room.createdAt} format={monthOfYear} />
                </p>
              </div>
              <div className="self-start">{edit}</div>
            </>
          )}
        </EditableText>
      </div>
      <ArchivedTag room={room} className="mt-3" />

      <div className="mt-5 flex flex-col gap-3">
        <Text label="Topic" {...text("topic")} />
        <Text label="Description" isMultiLine {...text("description")} />
      </div>

      <WaitingRequests item={item} />

      <Section title="Who can">
        <Rule name="Post">
          {room.archivedAt && "No one while it's archived"}
          {!room.archivedAt && mayEdit("postingPolicy") && <PostingChoice room={room} />}
          {!room.archivedAt && !mayEdit("postingPolicy") && postingWords[room.postingPolicy]}
        </Rule>
        <Rule name="Change the topic">
          {room.postingPolicy === "moderators" && postingWords.moderators}
          {room.postingPolicy === "everyone" && (
            <RuleChoice
              room={room}
              rule="membersSetTopic"
              label="Who can change the topic"
              mayEdit={mayEdit("membersSetTopic")}
            />
          )}
        </Rule>
        <Rule name="Add people">
          <RuleChoice
            room={room}
            rule="membersAddPeople"
            label="Who can add people"
            mayEdit={mayEdit("membersAddPeople")}
          />
        </Rule>
        <Rule name="Pin messages">
          {room.postingPolicy === "moderators" && postingWords.moderators}
          {room.postingPolicy === "everyone" && (
            <RuleChoice room={room} rule="membersPin" label="Who can pin messages" mayEdit={mayEdit("membersPin")} />
          )}
        </Rule>
        <Rule name="Mention everyone">
          <RuleChoice
            room={room}
            rule="membersMentionEveryone"
            label="Who can mention everyone"
            mayEdit={mayEdit("membersMentionEveryone")}
          />
        </Rule>
        <Rule name="Rename, archive, change roles">Admins</Rule>
      </Section>
      <RoomAccessDetails item={item} />
      <Section title="About">
        <Rule name="People">{peopleCount(room.memberCount)}</Rule>
        {membership.role !== "member" && (
          <Rule name="Your role">{membership.role === "admin" ? "Room admin" : "Moderator"}</Rule>
        )}
        {room.archivedAt && (
          <Rule name="Archived">
            <Time at={room.archivedAt} format={longDate} />
          </Rule>
        )}
      </Section>
      <AskLink item={item} />
      {offers.has("whatHappened") && (
        <section className="mt-4 border-t pt-4">
          <h4 className="text-xs font-medium text-ink-faint">What happened</h4>
          <div className="mt-1">
            <WhatHappened room={room} />
          </div>
        </section>
      )}
      <ArchiveButton item={item} />
      <DeleteButton item={item} />
    </div>
  );
}

type TextProps = Omit<Parameters<typeof EditableText>[0], "children">;

/** A text with its title. An empty text is shown only to people who may edit it. */
function Text(props: TextProps) {
  const { label, value } = props;
  return (
    <EditableText {...props}>
      {(edit) => (
        <section hidden={!value && !edit}>
          <div className="flex min-h-6 items-center justify-between gap-2">
            <h4 className="text-xs font-medium text-ink-faint">{label}</h4>
            {edit}
          </div>
          {value ? (
            <p dir="auto" className="text-ui whitespace-pre-line wrap-anywhere">
              {value}
            </p>
          ) : (
            <p className="text-ui text-ink-faint">None yet</p>
          )}
        </section>
      )}
    </EditableText>
  );
}

/** Archives or unarchives the room. One button for both, so that it keeps the focus. */
function ArchiveButton({ item }: { item: RoomListItem }) {
  const { room } = item;
  const archive = useArchive(room);
  const offers = useRoomOffers(item);
  if (!offers.has("archive") && !offers.has("unarchive")) return null;
  return (
    <div className="mt-4 border-t pt-4">
      <Button
        icon={room.archivedAt ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
        busy={archive.isPending}
        onClick={() => void archive.run()}
      >
        {room.archivedAt ? "Unarchive room" : "Archive room"}
      </Button>
    </div>
  );
}
