/** Why a password link does not work, and what to do. Does not reveal whose link it was. */
export const whyResetFails = {
  used: {
    title: "This link no longer works",
    lead: "Password links work once. Sign in, or ask an admin for a new link.",
  },
  expired: { title: "This link has expired", lead: "Password links work for one day. Ask an admin for a new one." },
  revoked: { title: "This link was revoked", lead: "Ask an admin for a new one." },
  unknown: {
    title: "This link isn't valid",
    lead: "Check that you copied all of it, or ask an admin for a new one.",
  },
};
