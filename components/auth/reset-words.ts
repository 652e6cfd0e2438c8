/** Why a link sets no password, and what to do. Says nothing of whose it was. */
export const deadReset = {
  used: {
    title: "This link no longer works",
    lead: "A password link works once, and a newer password ends it. Sign in, or ask an admin for a new link.",
  },
  expired: { title: "This link has expired", lead: "A password link works for a day. Ask an admin for a new one." },
  revoked: { title: "This link was withdrawn", lead: "Ask an admin for a new one." },
  unknown: {
    title: "There is no such link",
    lead: "Check that you copied all of it, or ask an admin for a new one.",
  },
};
