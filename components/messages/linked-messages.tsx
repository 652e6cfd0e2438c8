"use client";
import { useMemo } from "react";
import { useParser } from "@/components/markdown/parser";
import { usePlace } from "@/components/shell/place";
import { useLookedUp } from "@/lib/client/hooks/use-looked-up";
import { useMe } from "@/lib/client/hooks/use-me";
import { linkedMessageIds } from "./linked-ids";
import { QuotedWords } from "./quoted-words";
import { Time } from "./time";
import { shortTime } from "./times";
import { useShowMessage } from "./use-show-message";

type LinkedMessagesProps = { body: string; isTabStop: boolean };

/** The messages that a message has links to, under it. What the viewer can't see is left out. */
export default function LinkedMessages({ body, isTabStop }: LinkedMessagesProps) {
  const parse = useParser();
  const { organization } = useMe();
  const { handle } = organization;
  const ids = useMemo(
    () => (parse ? linkedMessageIds(parse(body), { origin: location.origin, handle }) : []),
    [parse, body, handle],
  );
  return ids.map((id) => <LinkedMessage key={id} id={id} isTabStop={isTabStop} />);
}

function LinkedMessage({ id, isTabStop }: { id: string; isTabStop: boolean }) {
  const linked = useLookedUp(id, null);
  const place = usePlace();
  const show = useShowMessage();
  if (!linked) return null;
  const { message, roomName } = linked;
  const isHere = place.roomId === message.roomId;
  return (
    <button
      type="button"
      tabIndex={isTabStop ? 0 : -1}
      data-row-control
      className="mt-1 not-copied flex w-full max-w-140 min-w-0 flex-col gap-0.5 rounded-control border border-line-strong px-3 py-2 text-start text-sm text-ink-soft hover:bg-hover"
      onClick={() => show(message)}
    >
      <span className="flex max-w-full min-w-0 items-baseline gap-1.5">
        <span className="sr-only">Linked message: </span>
        <QuotedWords message={message} />
      </span>
      <span className="text-xs text-ink-faint">
        {roomName !== null && !isHere && (
          <>
            #<bdi>{roomName}</bdi>,{" "}
          </>
        )}
        <Time at={message.createdAt} format={shortTime} />
      </span>
    </button>
  );
}
