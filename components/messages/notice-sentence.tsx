"use client";
import type { ReactNode } from "react";
import { PersonName } from "@/components/profile/person-name";
import type { Piece } from "./notice-words";
import { Time } from "./time";
import { clockTime } from "./times";

type NoticeSentenceProps = {
  icon: ReactNode;
  pieces: readonly Piece[];
  at: string;
  /** Whether the Tab key reaches the names. */
  isTabStop: boolean;
  /** A button after the sentence. */
  action?: ReactNode;
};

/** The icon, the sentence and the time of a row of notices. */
export function NoticeSentence({ icon, pieces, at, isTabStop, action }: NoticeSentenceProps) {
  return (
    <>
      <span aria-hidden className="justify-self-center [&>svg]:size-3.5">
        {icon}
      </span>
      <p className="wrap-anywhere">
        {pieces.map((piece, index) =>
          "name" in piece ? (
            <b key={index} className="font-medium text-ink-soft">
              {piece.personId ? (
                <PersonName
                  personId={piece.personId}
                  isTabStop={isTabStop}
                  className="align-baseline whitespace-normal"
                >
                  {piece.name}
                </PersonName>
              ) : (
                <bdi>{piece.name}</bdi>
              )}
            </b>
          ) : (
            piece.text
          ),
        )}
        {action}
        <Time at={at} format={clockTime} className="ml-2 text-xs tabular-nums" />
      </p>
    </>
  );
}
