"use client";
import { useRef, useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { copyLater } from "@/components/ui/copy";
import { api } from "@/lib/client/api";
import { keepLink, findKeptLink, linkKey, type CreatedInvite } from "./kept-link";
import { type Terms, defaultTerms } from "./terms";

export interface InviteLink {
  /** The invite with its link; undefined until it is created. */
  created: CreatedInvite | undefined;
  link: string;
  /** Whether copying succeeded; undefined before the first try. */
  copied: boolean | undefined;
  busy: boolean;
  errorText: string | undefined;
  /** Creates a link, or reuses the link that this tab created earlier. With `terms`, always creates a new link. */
  createOrReuse: (terms?: Terms) => Promise<string>;
  /** Like `createOrReuse`, and copies the link. Call it while handling a press, because browsers allow copying only then. */
  createAndCopy: (terms?: Terms) => Promise<void>;
}

const linkOf = ({ token }: CreatedInvite) => `${location.origin}/join/${token}`;

/** An invite link to the organization, and to one of its rooms if `roomId` is given. */
export function useInviteLink(personId: string, roomId?: string, onCreated?: () => void): InviteLink {
  const [created, setCreated] = useState<CreatedInvite>();
  const [copied, setCopied] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  const [errorText, setErrorText] = useState<string>();
  const pending = useRef<Promise<CreatedInvite>>(undefined);
  const key = linkKey(personId, roomId);

  async function createUnlessKept(terms?: Terms): Promise<CreatedInvite> {
    const kept = terms ? null : await findKeptLink(key, created);
    if (kept) return kept;
    const next = await api("invite.create", { ...defaultTerms, ...terms, roomIds: roomId ? [roomId] : [] });
    keepLink(key, next);
    onCreated?.();
    return next;
  }

  async function createOrReuse(terms?: Terms): Promise<string> {
    setBusy(true);
    setErrorText(undefined);
    // Two calls at the same time share one link, unless the second chooses other terms.
    while (terms && pending.current) await pending.current.catch(() => {});
    pending.current ??= createUnlessKept(terms);
    try {
      const next = await pending.current;
      setCreated(next);
      if (next.token !== created?.token) setCopied(undefined);
      return linkOf(next);
    } catch (error) {
      setErrorText(toFormFailure(error).message);
      throw error;
    } finally {
      pending.current = undefined;
      setBusy(false);
    }
  }

  async function createAndCopy(terms?: Terms): Promise<void> {
    // If creating the link failed, `errorText` has the error.
    setCopied(await copyLater(createOrReuse(terms)).catch(() => undefined));
  }

  return { created, link: created ? linkOf(created) : "", copied, busy, errorText, createOrReuse, createAndCopy };
}
