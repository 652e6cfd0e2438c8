"use client";
import { useTyping } from "@/lib/client/hooks/use-typing";

/** Shows who is typing. Keeps its height when it is empty, so that the layout does not shift. */
export function TypingLine({ roomId }: { roomId: string }) {
  const people = useTyping(roomId);
  const [first, second] = people;
  return (
    <div className="flex h-6 flex-none items-center gap-2 pr-5 pl-17 text-xs text-ink-faint max-md:pr-4 max-md:pl-[62px]">
      {first && (
        <>
          <span
            aria-hidden
            className="inline-flex animate-fade-in gap-[3px] [&>i]:size-[5px] [&>i]:rounded-full [&>i]:bg-ink-faint"
          >
            <i />
            <i className="opacity-65" />
            <i className="opacity-35" />
          </span>
          <span className="min-w-0 animate-fade-in truncate [&>b]:font-strong [&>b]:text-ink-soft">
            {people.length > 2 ? (
              "Several people are typing"
            ) : (
              <>
                <b>
                  <bdi>{first.name}</bdi>
                </b>
                {second && (
                  <>
                    {" and "}
                    <b>
                      <bdi>{second.name}</bdi>
                    </b>
                  </>
                )}
                {second ? " are typing" : " is typing"}
              </>
            )}
          </span>
        </>
      )}
    </div>
  );
}
