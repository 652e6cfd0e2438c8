import { env } from "@/lib/server/env";
import { escapeHtml, type Mail } from "@/lib/server/mail";

interface InviteMail {
  to: string;
  token: string;
  inviter: string;
  organization: string;
  expiresAt: Date | null;
}

/** UTC, because the reader's time zone is not known. */
const date = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });

/** The email that invites someone to an organization. */
export function inviteMail({ to, token, inviter, organization, expiresAt }: InviteMail): Mail {
  const link = `${env().publicUrl.origin}/join/${token}`;
  const invitation = `${inviter} invited you to join ${organization} on Parley.`;
  const until = expiresAt ? ` until ${date.format(expiresAt)} UTC` : "";
  const terms = `The link works once${until}, and only for ${to}.`;
  const unknown = `If you don't know ${inviter}, you can ignore this email. You join only if you open the link.`;
  const paragraph = (html: string) => `<p style="margin:0 0 16px">${html}</p>`;
  return {
    to,
    subject: `${inviter} invited you to ${organization} on Parley`,
    text: `${invitation}\n\nOpen this link to join:\n${link}\n\n${terms}\n\n${unknown}\n`,
    html:
      `<div style="font:16px/1.5 sans-serif;max-width:560px">` +
      paragraph(escapeHtml(invitation)) +
      paragraph(`<a href="${escapeHtml(link)}">Join ${escapeHtml(organization)}</a>`) +
      paragraph(`Or open this address: ${escapeHtml(link)}`) +
      paragraph(escapeHtml(terms)) +
      paragraph(escapeHtml(unknown)) +
      `</div>`,
  };
}
