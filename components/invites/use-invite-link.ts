"use client";
import { useRef, useState } from "react";
import { failureOf } from "@/components/auth/failure";
import { copyLater } from "@/components/ui/copy";
import { api } from "@/lib/client/api";
import { keepLink, keptLink, linkKey, type MadeInvite } from "./kept-link";
import { type Terms, usualTerms } from "./terms";

export interface InviteLink {
  /** The invite with its link; undefined until it is created. */
  made: MadeInvite | undefined;
  link: string;
  /** Whether copying succeeded; undefined before the first try. */
  copied: boolean | undefined;
  busy: boolean;
  failed: string | undefined;
  /** Creates a link, or reuses the one that this tab created before. With `terms` it always creates a new one. */
  take: (terms?: Terms) => Promise<string>;
  /** Like `take`, and copies the link. Call it while handling a press, because browsers allow copying only then. */
  copy: (terms?: Terms) => Promise<void>;
}

const linkOf = ({ token }: MadeInvite) => `${location.origin}/join/${token}`;

/** A link for people who are new to the organization, and for a room of it if one is named. */
export function useInviteLink(personId: string, roomId?: string, onMade?: () => void): InviteLink {
  const [made, setMade] = useState<MadeInvite>();
  const [copied, setCopied] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  const pending = useRef<Promise<MadeInvite>>(undefined);
  const key = linkKey(personId, roomId);

  async function make(terms?: Terms): Promise<MadeInvite> {
    const kept = terms ? null : await keptLink(key, made);
    if (kept) return kept;
    const next = await api("invite.create", { ...usualTerms, ...terms, roomIds: roomId ? [roomId] : [] });
    keepLink(key, next);
    onMade?.();
    return next;
  }

  async function take(terms?: Terms): Promise<string> {
    setBusy(true);
    setFailed(undefined);
    // Two calls at the same time share one link, unless the second chooses other terms.
    while (terms && pending.current) await pending.current.catch(() => {});
    pending.current ??= make(terms);
    try {
      const next = await pending.current;
      setMade(next);
      if (next.token !== made?.token) setCopied(undefined);
      return linkOf(next);
    } catch (error) {
      setFailed(failureOf(error).message);
      throw error;
    } finally {
      pending.current = undefined;
      setBusy(false);
    }
  }

  async function copy(terms?: Terms): Promise<void> {
    // The error is in `failed`.
    setCopied(await copyLater(take(terms)).catch(() => undefined));
  }

  return { made, link: made ? linkOf(made) : "", copied, busy, failed, take, copy };
}
