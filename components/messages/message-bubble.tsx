import { MessageBody } from "@/components/markdown/message-body";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { AuthorName, personIdOf } from "./author-name";
import { usePartIds } from "./log-context";
import type { MessageContent } from "./message-parts";
import { Time } from "./time";
import { clockTime } from "./times";
import { Tombstone } from "./tombstone";

export interface Bubble {
  /** Whether the viewer wrote the message. The viewer's bubbles are at the end of the line, in the accent colour. */
  isMine: boolean;
  /** Whether the author's name is shown above the bubble. */
  isNamed: boolean;
  /** Whether the next message belongs to the same group. The last message of a group has the avatar and the time. */
  continues: boolean;
  hasFailed: boolean;
}

type MessageBubbleProps = MessageContent & { bubble: Bubble; active: boolean };

/** A message as a bubble. The bubbles of one group have small corners where they adjoin. */
export function MessageBubble(props: MessageBubbleProps) {
  const { message, authorName, authorPicture, status, grouped, isUnsent, editor, mark } = props;
  const { quote, note, reactions, thread, bubble, active, isPointer } = props;
  const personId = personIdOf(message);
  const { isMine, isNamed, continues, hasFailed } = bubble;
  const ids = usePartIds(message.id);
  return (
    <div className={cn("flex items-end gap-2", isMine && "justify-end")}>
      {!isMine &&
        (continues ? (
          <span className="w-7 flex-none" />
        ) : (
          <Avatar
            id={message.authorId ?? message.id}
            name={authorName}
            src={authorPicture}
            size={28}
            thing={message.kind !== "person"}
            cardOf={personId}
            className="mb-5"
          />
        ))}
      <div
        className={cn(
          "flex min-w-0 flex-col",
          editor ? "flex-1" : "max-w-[min(74%,560px)]",
          isMine ? "items-end" : "items-start",
        )}
      >
        <div className={isNamed ? "flex max-w-full items-baseline gap-1.5 px-3.5 pb-0.5" : "sr-only"}>
          <AuthorName
            id={ids.author}
            personId={isNamed ? personId : null}
            isTabStop={active}
            className="min-w-0 truncate text-xs font-medium text-ink-soft"
          >
            {authorName}
          </AuthorName>
          {isNamed && status}
        </div>
        {quote && (
          <div id={ids.quote} className="min-h-6 max-w-full px-3.5 max-md:min-h-touch">
            {quote}
          </div>
        )}
        {editor ??
          (!isPointer && (
            <div
              className={cn(
                "max-w-full min-w-0 rounded-bubble px-3.5 pt-2 pb-[9px]",
                isMine ? grouped && "rounded-se-[6px]" : grouped && "rounded-ss-[6px]",
                isMine ? continues && "rounded-ee-[6px]" : continues && "rounded-es-[6px]",
                message.deletedAt
                  ? "border border-line"
                  : hasFailed
                    ? "border-[1.5px] border-danger"
                    : isMine
                      ? cn("bg-linear-to-b from-accent-top to-accent text-on-accent", isUnsent && "opacity-75")
                      : "bg-bubble",
              )}
            >
              {message.deletedAt ? (
                <Tombstone id={ids.body} />
              ) : (
                <div id={ids.body}>
                  <MessageBody
                    body={message.body}
                    mentions={message}
                    isTabStop={active}
                    onAccent={isMine && !hasFailed}
                  />
                </div>
              )}
            </div>
          ))}
        {!editor && note}
        {reactions && (
          <div className="z-1 -mt-[7px] mb-0.5 min-h-[26px] px-2.5 max-md:mb-[5px] max-md:min-h-[34px]">
            {reactions}
          </div>
        )}
        {thread && <div className="min-h-8">{thread}</div>}
        <p
          className={cn(
            "flex items-center gap-1 px-1 text-xs text-ink-faint tabular-nums",
            continues && !mark ? "sr-only" : "h-5",
          )}
        >
          <Time id={ids.time} at={message.createdAt} format={clockTime} />
          {!message.deletedAt && mark}
        </p>
      </div>
    </div>
  );
}
