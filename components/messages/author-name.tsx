import type { ReactNode } from "react";
import { PersonName } from "@/components/profile/person-name";
import type { Message } from "@/lib/contract/message";

/** The id of the person who wrote a message. Null for notices, bots and webhooks. */
export const personIdOf = ({ kind, authorId }: Pick<Message, "kind" | "authorId">): string | null =>
  kind === "person" ? authorId : null;

type AuthorNameProps = {
  /** The element's id, for the `aria-labelledby` of the row. */
  id: string;
  /** The person whose card the name opens. Null if it opens no card. */
  personId: string | null;
  isTabStop: boolean;
  className: string;
  children: ReactNode;
};

export function AuthorName({ id, personId, isTabStop, className, children }: AuthorNameProps) {
  return (
    <span id={id} className={className}>
      {personId ? (
        <PersonName personId={personId} isTabStop={isTabStop}>
          {children}
        </PersonName>
      ) : (
        <bdi>{children}</bdi>
      )}
    </span>
  );
}
