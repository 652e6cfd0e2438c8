"use client";
import { Check, ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, type Ref, use, useId, useRef, useState } from "react";
import { PresenceDot } from "@/components/ui/presence";
import { toast } from "@/components/ui/toast";
import { useChoice } from "@/lib/client/hooks/use-mutation";
import { ClockContext } from "@/lib/client/hooks/use-now";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useChosenPresence } from "@/lib/client/hooks/use-presence";
import type { ChosenPresence } from "@/lib/contract/presence";
import { choiceNames, type TimedChoice } from "./presence-words";
import { endTime, presenceEnds, type StatusEnd } from "./status-ends";
import { useUntilWords } from "./use-status";

type Chosen = Pick<ChosenPresence, "choice" | "until">;

const rowClass =
  "flex min-h-control w-full items-center gap-3 rounded-control px-2 text-start text-ui hover:bg-hover max-md:min-h-touch";

/** The rows of my card with which I choose what others see of me. */
export function PresenceChoices({ onPickTime }: { onPickTime: (choice: TimedChoice) => void }) {
  // Each press is an intent of its own: choosing the same again later is not a repeat of the first time.
  const { call } = useParley();
  const { value: chosen, choose } = useChoice<Chosen>(
    useChosenPresence(),
    (next) => call("presence.choose", next),
    (error) => toast.error(error.fields?.until ?? error.message),
  );
  const [expanded, setExpanded] = useState<TimedChoice | null>(null);
  const until = useUntilWords(chosen);

  return (
    <div role="group" aria-label="Presence" className="-mx-2 border-y py-2">
      <Row
        icon={<PresenceDot presence="active" />}
        isChosen={chosen.choice === "auto"}
        onClick={() => {
          setExpanded(null);
          choose({ choice: "auto", until: null });
        }}
      >
        {choiceNames.auto}
      </Row>
      {(["dnd", "offline"] as const).map((choice) => (
        <TimedRow
          key={choice}
          choice={choice}
          until={chosen.choice === choice ? until : null}
          isExpanded={expanded === choice}
          onExpand={(isExpanded) => setExpanded(isExpanded ? choice : null)}
          onChoose={(end) => choose({ choice, until: end })}
          onPickTime={() => onPickTime(choice)}
        />
      ))}
    </div>
  );
}

type RowProps = {
  icon: ReactNode;
  isChosen: boolean;
  onClick: () => void;
  /** Shown below the name. */
  note?: ReactNode;
  expands?: { id: string; isExpanded: boolean };
  ref?: Ref<HTMLButtonElement>;
  children: string;
};

function Row({ icon, isChosen, onClick, note, expands, ref, children }: RowProps) {
  return (
    <button
      ref={ref}
      type="button"
      aria-current={isChosen || undefined}
      aria-expanded={expands?.isExpanded}
      aria-controls={expands?.isExpanded ? expands.id : undefined}
      className={rowClass}
      onClick={onClick}
    >
      <span aria-hidden className="grid w-4 flex-none place-items-center">
        {icon}
      </span>
      <span className="min-w-0 flex-1 py-1">
        <span className="block truncate">{children}</span>
        {note && <span className="block truncate text-xs text-ink-faint"> {note}</span>}
      </span>
      {isChosen && <Check aria-hidden className="size-4 flex-none text-accent-ink" />}
      {expands &&
        (expands.isExpanded ? (
          <ChevronDown aria-hidden className="size-4 flex-none text-ink-faint" />
        ) : (
          <ChevronRight aria-hidden className="size-4 flex-none text-ink-faint rtl:-scale-x-100" />
        ))}
    </button>
  );
}

type TimedRowProps = {
  choice: TimedChoice;
  /** When it ends, in words, which may be empty. Null if it is not chosen. */
  until: string | null;
  isExpanded: boolean;
  onExpand: (isExpanded: boolean) => void;
  onChoose: (until: string | null) => void;
  onPickTime: () => void;
};

/** A choice whose end is chosen from the list that it expands. */
function TimedRow({ choice, until, isExpanded, onExpand, onChoose, onPickTime }: TimedRowProps) {
  const clock = use(ClockContext);
  const listId = useId();
  const button = useRef<HTMLButtonElement>(null);

  function pick(end: StatusEnd) {
    if (end === "custom") return onPickTime();
    if (!clock) return;
    onChoose(endTime(end, "", clock.now().date));
    onExpand(false);
    button.current?.focus();
  }
  return (
    <>
      <Row
        ref={button}
        icon={<PresenceDot presence={choice} />}
        isChosen={until !== null}
        note={until}
        expands={{ id: listId, isExpanded }}
        onClick={() => onExpand(!isExpanded)}
      >
        {choiceNames[choice]}
      </Row>
      {isExpanded && (
        <div id={listId}>
          {choice === "offline" && (
            <p className="ps-9 pe-2 pb-1 text-xs text-ink-faint">
              Others see you as offline and can&apos;t see you typing. They still see what you send.
            </p>
          )}
          <ul aria-label={`${choiceNames[choice]} until`}>
            {presenceEnds.map(({ value, label }) => (
              <li key={value}>
                <button type="button" className={`${rowClass} ps-9`} onClick={() => pick(value)}>
                  {label}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
