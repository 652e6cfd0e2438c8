"use client";
import { useAsker } from "@/components/people/use-asker";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useChoice } from "@/lib/client/hooks/use-mutation";
import type { Room } from "@/lib/contract/room";
import type { Rules } from "@/lib/policy/decision";
import { mentionsByDefault } from "@/lib/policy/mention";
import { choiceWidth } from "./details-parts";
import { postingWords } from "./posting-choice";

export type RoomRule = "membersSetTopic" | "membersAddPeople" | "membersPin" | "membersMentionEveryone";

const everyone = "Everyone but guests";
const wordsOf = (mayMembers: boolean) => (mayMembers ? everyone : postingWords.moderators);

/** The options for a rule of a room: the organization's default, or a value for this room. */
export const ruleOptions = (byDefault?: boolean) => [
  {
    value: "organization",
    label:
      byDefault === undefined ? "As in the organization" : `Default: ${byDefault ? "all but guests" : "moderators"}`,
  },
  { value: "yes", label: everyone },
  { value: "no", label: postingWords.moderators },
];
export const optionOfRule = (rule: boolean | null): string => (rule === null ? "organization" : rule ? "yes" : "no");
export const ruleOfOption = (option: string): boolean | null => (option === "organization" ? null : option === "yes");

/** What the organization's settings say of a rule in this room. */
const inOrganization = (rules: Rules, rule: RoomRule, room: Room): boolean =>
  rule === "membersMentionEveryone" ? mentionsByDefault(rules, room) : rules[rule];

type RuleChoiceProps = { room: Room; rule: RoomRule; label: string; mayEdit: boolean };

/** A rule about what members may do in a room. People who may change the rule get a select; a choice is saved at once. */
export function RuleChoice({ room, rule, label, mayEdit }: RuleChoiceProps) {
  const { rules } = useAsker();
  const call = useCall();
  const saving = useChoice(
    room[rule],
    (value: boolean | null) => call("room.update", { roomId: room.id, [rule]: value }),
    (error) => toast.error(error.message),
  );
  const byDefault = inOrganization(rules, rule, room);
  if (!mayEdit) return wordsOf(room[rule] ?? byDefault);
  return (
    <Select
      size="sm"
      className={choiceWidth}
      aria-label={label}
      aria-busy={saving.isPending}
      options={ruleOptions(byDefault)}
      value={optionOfRule(saving.value)}
      onChange={(event) => saving.choose(ruleOfOption(event.target.value))}
    />
  );
}
