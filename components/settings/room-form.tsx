"use client";
import { Hash } from "lucide-react";
import { AvatarField } from "@/components/rooms/avatar-field";
import { historyOptions } from "@/components/rooms/history-words";
import { postingWords } from "@/components/rooms/posting-choice";
import { RoomTile } from "@/components/rooms/room-icon";
import { roomLabel } from "@/components/rooms/room-name";
import { decisionOn } from "@/components/rooms/room-offers";
import { optionOfRule, type RoomRule, ruleOfOption, ruleOptions } from "@/components/rooms/rule-choice";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { useCall } from "@/lib/client/hooks/use-call";
import { limits } from "@/lib/contract/limits";
import { PostingPolicy, RoomHistory } from "@/lib/contract/room-role";
import { SettingsSection } from "./page";
import { RoomJoining } from "./room-joining";
import { isOutsideOf, type RoomSectionProps } from "./room-section-props";
import { idsOf, type RoomValues, textOfIds, valuesOf } from "./room-values";
import { SettingsForm } from "./settings-form";

const postingOptions = PostingPolicy.options.map((value) => ({ value, label: postingWords[value] }));

const roomRules = [
  { rule: "membersSetTopic", label: "Change the topic" },
  { rule: "membersAddPeople", label: "Add people" },
  { rule: "membersPin", label: "Pin messages" },
  { rule: "membersMentionEveryone", label: "Mention everyone" },
] as const satisfies readonly { rule: RoomRule; label: string }[];

/** The form for a room's name and texts, its access, its rules and its history. */
export function RoomForm({ found, asker, onChanged }: RoomSectionProps) {
  const { room, role } = found;
  const call = useCall();
  const situation = { asker, room, membership: role && { role } };
  const isOutside = isOutsideOf(found);
  const locked = (field: Parameters<typeof decisionOn>[0]) => !decisionOn(field, situation).ok;
  const why = (field: Parameters<typeof decisionOn>[0], otherwise: string) => {
    const decision = decisionOn(field, situation);
    return decision.ok ? otherwise : decision.reason;
  };
  const saved = valuesOf(room);

  async function save({ access, groupIds, showEarlier, ...fields }: Partial<RoomValues>): Promise<RoomValues> {
    let changed = room;
    try {
      if (access !== undefined || groupIds !== undefined) {
        changed = await call("room.setAccess", {
          roomId: room.id,
          access: access ?? saved.access,
          groupIds: idsOf(groupIds ?? saved.groupIds),
          showEarlier: showEarlier ?? false,
        });
      }
      if (Object.keys(fields).length > 0) changed = await call("room.update", { roomId: room.id, ...fields });
      return valuesOf(changed);
    } finally {
      // Also after an error: the first request may have succeeded before the second was refused.
      onChanged();
    }
  }
  return (
    <SettingsForm saved={saved} save={save}>
      {({ values, set, errors }) => (
        <>
          <SettingsSection
            title="About"
            description={
              isOutside
                ? "Its topic and description are for people in it."
                : why("description", "What people see in the list and at the top of the room.")
            }
          >
            {!locked("avatar") && (
              <AvatarField
                title={`Picture of ${roomLabel(room)}`}
                emoji={room.emoji}
                hasPicture={room.picture !== null}
                onSave={async (avatar) => {
                  await call("room.setAvatar", { roomId: room.id, avatar });
                  onChanged();
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
            {!isOutside && (
              <>
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
              </>
            )}
          </SettingsSection>
          <RoomJoining
            room={room}
            decision={decisionOn("access", situation)}
            values={{ ...values, groupIds: idsOf(values.groupIds) }}
            error={errors.groupIds}
            onChange={({ groupIds, ...changes }) =>
              set({ ...changes, ...(groupIds && { groupIds: textOfIds(groupIds) }) })
            }
          />
          <SettingsSection title="Who can" description={why("postingPolicy", "Moderators and admins always can.")}>
            <Field label="Post" error={errors.postingPolicy}>
              <Select
                options={postingOptions}
                value={values.postingPolicy}
                disabled={locked("postingPolicy")}
                onChange={(event) => set({ postingPolicy: PostingPolicy.parse(event.target.value) })}
              />
            </Field>
            {roomRules.map(({ rule, label }) => (
              <Field key={rule} label={label} error={errors[rule]}>
                <Select
                  options={ruleOptions()}
                  value={optionOfRule(values[rule])}
                  disabled={locked(rule)}
                  onChange={(event) => set({ [rule]: ruleOfOption(event.target.value) })}
                />
              </Field>
            ))}
          </SettingsSection>
          <SettingsSection
            title="History and notices"
            description={why("history", "What newcomers can read, and whether the room says who joins and leaves.")}
          >
            <Field label="Newcomers see" error={errors.history} hint="People who are in it keep what they see.">
              <Select
                options={historyOptions}
                value={values.history}
                disabled={locked("history")}
                onChange={(event) => set({ history: RoomHistory.parse(event.target.value) })}
              />
            </Field>
            <div className="flex min-h-9 items-center justify-between gap-4">
              <span>
                <span className="block text-ui font-medium">Tell who joins and leaves</span>
                <span className="block text-sm text-ink-faint">A quiet line in the room</span>
              </span>
              <Switch
                aria-label="Tell who joins and leaves"
                checked={values.notices}
                disabled={locked("notices")}
                onChange={(event) => set({ notices: event.target.checked })}
              />
            </div>
          </SettingsSection>
        </>
      )}
    </SettingsForm>
  );
}
