import type { ReactNode } from "react";
import { PersonName } from "@/components/profile/person-name";
import type { Message } from "@/lib/contract/message";

/** The person who wrote a message. Null if something else did. */
export const personIdOf = ({ kind, authorId }: Pick<Message, "kind" | "authorId">): string | null =>
  kind === "person" ? authorId : null;

type AuthorNameProps = {
  /** The element's id, by which the row names its author. */
  id: string;
  /** Whose card it opens. Null if it opens none. */
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
