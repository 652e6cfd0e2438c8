/** The name of each act on the screen. Acts that are not listed are shown by the name of their operation. */
export const actWords: Readonly<Record<string, string>> = {
  "organization.update": "Changed organization settings",
  "organization.setPicture": "Changed icon of organization",
  "organization.setRole": "Changed role",
  "organization.transfer": "Handed over ownership",
  "organization.leave": "Left the organization",
  "person.deactivate": "Deactivated",
  "person.reactivate": "Reactivated",
  "person.endLogins": "Signed out everywhere",
  "person.setEnd": "Set end of access",
  "person.releaseHandle": "Released handle",
  "password.link": "Created password link",
  "invite.create": "Created invite",
  "invite.createForEmail": "Invited by email",
  "invite.send": "Sent invite",
  "invite.revoke": "Revoked invite",
  "room.create": "Created room",
  "room.update": "Changed room settings",
  "room.archive": "Archived room",
  "room.unarchive": "Unarchived room",
  "room.delete": "Deleted room",
  "room.setDefault": "Changed default rooms",
  "membership.add": "Added to room",
  "membership.remove": "Removed from room",
  "membership.setRole": "Changed room role",
  "ban.add": "Banned from room",
  "ban.remove": "Unbanned from room",
  "roomInvite.send": "Invited to room",
  "roomInvite.withdraw": "Withdrew room invite",
  "askLink.create": "Created link to ask to join",
  "askLink.revoke": "Revoked link to ask to join",
  "joinRequest.approve": "Approved request to join",
  "joinRequest.refuse": "Refused request to join",
  "room.setAccess": "Changed access to room",
  "room.setAvatar": "Changed picture of room",
  "group.create": "Created group",
  "group.rename": "Renamed group",
  "group.delete": "Deleted group",
  "group.addMembers": "Added to group",
  "group.removeMembers": "Removed from group",
  "message.delete": "Deleted someone's message",
};

export const actName = (act: string): string => actWords[act] ?? act;

/** The options of the act filter, sorted by name. */
export const actOptions = Object.entries(actWords)
  .map(([value, label]) => ({ value, label }))
  .toSorted((a, b) => a.label.localeCompare(b.label, "en"));

const fieldWords: Readonly<Record<string, string>> = {
  name: "Name",
  topic: "Topic",
  description: "Description",
  access: "Access",
  postingPolicy: "Who can post",
  history: "What newcomers see",
  notices: "Notices",
  showEarlier: "Show what was said before",
  personIds: "People",
  picture: "Picture",
  emoji: "Emoji",
  archived: "Archived",
  role: "Role",
  deactivated: "Deactivated",
  left: "Left",
  endsAt: "End of access",
  expiresAt: "Expires",
  maxUses: "Uses",
  roomIds: "Rooms",
  groupIds: "Groups",
  revoked: "Revoked",
  sentAt: "Sent",
  byEmail: "By email",
  authorId: "Author",
  logins: "Logins",
  formerHandles: "Earlier handles",
  members: "People",
  isDefault: "Newcomers join",
  membersCreateRooms: "Members create rooms",
  membersSetTopic: "Members change the topic",
  membersAddPeople: "Members add people",
  membersPin: "Members pin messages",
  membersMentionEveryone: "Members mention everyone",
  membersInvite: "Members invite people",
  roomAdminsDelete: "Room admins delete rooms",
  idleHours: "Hours until unused logins end",
  adminIdleHours: "The same for admins",
};

export const fieldName = (field: string): string => fieldWords[field] ?? field;

/** A value in readable form. Ids are replaced by current names. */
export function valueText(value: unknown, names: Readonly<Record<string, string>>): string {
  if (value === null || value === undefined || value === "") return "None";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.length === 0 ? "None" : value.map((each) => valueText(each, names)).join(", ");
  if (typeof value === "string") return names[value] ?? value;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
