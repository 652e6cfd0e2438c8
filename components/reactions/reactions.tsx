"use client";
import { SmilePlus } from "lucide-react";
import { usePartIds } from "@/components/messages/log-context";
import { useLongPress } from "@/components/messages/use-long-press";
import { useNames } from "@/components/people/use-names";
import { cn } from "@/components/ui/cn";
import { isKey } from "@/components/ui/keys";
import { tooltip } from "@/components/ui/tooltip";
import { isBlocked } from "@/lib/client/blocked";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useMe } from "@/lib/client/hooks/use-me";
import type { ShownKind } from "@/lib/client/react";
import type { Message } from "@/lib/contract/message";
import { allInWords, countInWords, whoInWords } from "./reaction-words";
import { useReact, useShownKinds } from "./use-react";

type ReactionsProps = {
  message: Message;
  /** Whether the viewer may react. Otherwise a press on an emoji shows who reacted. */
  mayReact: boolean;
  isTabStop: boolean;
  /** Whether they overlap the edge of a bubble. */
  isOnBubble: boolean;
  /** Opens the picker. */
  onPick: () => void;
  onShowWho: () => void;
};

/** The reactions under a message: each emoji with its count, and a button for another one. */
export default function Reactions(props: ReactionsProps) {
  const { message, mayReact, isTabStop, isOnBubble, onPick, onShowWho } = props;
  const kinds = useShownKinds(message);
  const react = useReact(message.id);
  const ids = usePartIds(message.id);
  if (kinds.length === 0) return null;
  return (
    <div role="group" aria-label="Reactions" className="not-copied flex flex-wrap gap-1 max-md:gap-y-2.5">
      <span id={ids.reactions} hidden>
        {allInWords(kinds)}
      </span>
      {kinds.map((kind) => (
        <Chip
          key={kind.emoji}
          kind={kind}
          mayReact={mayReact}
          isTabStop={isTabStop}
          isOnBubble={isOnBubble}
          onPress={() => (mayReact ? react(kind.emoji, !kind.isMine) : onShowWho())}
          onShowWho={onShowWho}
        />
      ))}
      {mayReact && (
        <button
          type="button"
          aria-label="Add reaction"
          tabIndex={isTabStop ? 0 : -1}
          className={cn(chipLook, othersLook(isOnBubble), "text-ink-faint [&>svg]:size-3.5")}
          onClick={onPick}
          {...tooltip("Add reaction")}
        >
          <SmilePlus aria-hidden />
        </button>
      )}
    </div>
  );
}

/** On a phone, the place to touch is 44 px high: 5 px more above and below than what is drawn. */
const chipLook =
  "relative inline-flex h-[26px] min-w-9 select-none items-center justify-center gap-[5px] rounded-full border px-2 text-xs font-[550] tabular-nums transition-[background-color,border-color] max-md:h-[34px] max-md:min-w-touch max-md:px-2.5 max-md:after:absolute max-md:after:-inset-x-px max-md:after:-inset-y-1.5";
/** On a bubble, it has the colour of the page, and a gap around it. */
const othersLook = (isOnBubble: boolean) =>
  isOnBubble
    ? "border-line bg-surface ring-2 ring-surface hover:border-line-strong"
    : "border-transparent bg-hover hover:bg-press";
const ownLook = (isOnBubble: boolean) => cn("border-accent-line bg-accent-soft", isOnBubble && "ring-2 ring-surface");

type ChipProps = Pick<ReactionsProps, "mayReact" | "isTabStop" | "isOnBubble" | "onShowWho"> & {
  kind: ShownKind;
  onPress: () => void;
};

/** An emoji with its count. A secondary click, the menu key and a long press show who reacted. */
function Chip({ kind, mayReact, isTabStop, isOnBubble, onPress, onShowWho }: ChipProps) {
  const { emoji, count, isMine, personIds } = kind;
  const { me } = useMe();
  const blocked = useBlocked();
  const others = personIds.filter((id) => id !== me.id && !isBlocked(blocked, id));
  const nameOf = useNames(others);
  const longPress = useLongPress(onShowWho);
  return (
    <button
      type="button"
      aria-label={`${emoji} ${countInWords(count)}`}
      aria-pressed={mayReact ? isMine : undefined}
      tabIndex={isTabStop ? 0 : -1}
      className={cn(
        chipLook,
        isMine ? cn(ownLook(isOnBubble), "text-accent-ink") : cn(othersLook(isOnBubble), "text-ink-soft"),
      )}
      onClick={onPress}
      {...longPress}
      onPointerDown={(event) => {
        // A long press on the message would show its actions.
        if (event.pointerType === "touch") event.stopPropagation();
        longPress.onPointerDown(event);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        // Some browsers send this for a long press, too.
        if ((event.nativeEvent as PointerEvent).pointerType !== "touch") onShowWho();
      }}
      onKeyDown={(event) => {
        if (!isKey(event, "contextmenu") && !isKey(event, "shift+f10")) return;
        event.preventDefault();
        onShowWho();
      }}
      {...tooltip(`${whoInWords(kind, others.map(nameOf))} reacted with ${emoji}`)}
    >
      <span aria-hidden className="text-ui leading-none">
        {emoji}
      </span>
      {count}
    </button>
  );
}
