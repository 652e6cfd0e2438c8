import type { ErrorCode } from "@/lib/contract/errors";
import type { OperationName } from "@/lib/contract/index";
import type { Operation } from "@/lib/contract/operation";
import { idFields } from "./isolation";

// Who asks, in the order of the columns below. `nobody` is not signed in, and `stranger` owns another organization. All others
// belong to the organization. `removed` was in the room; `outsider`, `outsideGuest` and `admin` never were.
export const askers = [
  "nobody",
  "deactivated",
  "stranger",
  "outsider",
  "outsideGuest",
  "removed",
  "admin",
  "guest",
  "member",
  "moderator",
] as const;
export type Asker = (typeof askers)[number];

/** The letters in the rows below. Spaces only make the rows easier to read. */
const outcomes: Readonly<Record<string, "ok" | ErrorCode>> = {
  "+": "ok",
  u: "unauthenticated",
  n: "not_found",
  f: "forbidden",
  g: "gone",
};
const inTheRoom = "uu nnnnn +++";
const everybodySignedIn = "uu ++++++++";
const everybody = "++++++++++";

/**
 * How each operation answers each asker who sends the sample of `samples.ts`, which is about the private room, the owner's
 * message and the owner's other login. Every operation that changes something needs a row, because somebody has to decide who
 * may call it. An operation that only reads needs one if `rowOfReading` is wrong for it.
 */
const rows: { readonly [N in OperationName]?: string } = {
  "organization.setup": "gggggggggg",
  // Of their own account.
  "organization.list": everybodySignedIn,
  // By default, only owners may: the stranger is one.
  "organization.create": "uu +fff ffff",
  // The stranger is the only owner of their organization.
  "organization.leave": "uu f+++ ++++",
  // The stranger creates rooms in their own organization.
  "organization.addRooms": "uu +fff ffff",
  // The stranger changes their own organization.
  "organization.update": "uu +fff+ fff",
  "organization.setPicture": "uu +fff+ fff",
  // Who knows the name of an icon sees it.
  "organization.showPicture": everybody,
  sync: everybodySignedIn,
  // For a group whose only member is `member`. The admin may name any group; for everyone else, it does not exist.
  "room.create": "uu nnnn+n+n",
  // The admin may rename a private room that they are not in, but not change its topic, which is in the sample too.
  "room.update": "uu nnnnf fff",
  // `member`, whom guests know only if they share a room, and who may not block themselves.
  "block.add": "uu n+n++ +f+",
  // The guest in no room, whom the owner blocks. Guests know only of people in their rooms.
  "block.remove": "uu n++++ n++",
  // For the group whose only member is `member`. Nobody opens a private room from outside.
  "room.setAccess": "uu nnnnf nfn",
  "room.setAvatar": "uu nnnn+ fff",
  // The picture of the private room. The admin may set it, so they may see it; who was removed is invited again.
  "picture.show": "uu nnn++ +++",
  // Their own.
  "person.setPicture": everybodySignedIn,
  "person.update": everybodySignedIn,
  "person.setStatus": everybodySignedIn,
  // `member`, whom guests know only if they share a room.
  "person.show": "uu n+n++ +++",
  "room.archive": "uu nnnn+ fff",
  // The archived room.
  "room.unarchive": "uu nnnn+ fff",
  // Guests know only of the groups they are in.
  "group.show": "uu nfnf+ nff",
  "group.members": "uu nfnf+ nff",
  "group.losses": "uu nfnf+ nff",
  // The stranger creates a group of their own organization.
  "group.create": "uu +fff+ fff",
  "group.rename": "uu nfnf+ nff",
  "group.delete": "uu nfnf+ nff",
  "group.addMembers": "uu nfnf+ nff",
  "group.removeMembers": "uu nfnf+ nff",
  // The answer leaves out what the asker may not know of.
  "group.list": everybodySignedIn,
  "room.delete": "uu nnnn+ fff",
  // The public room, which nobody has joined. For guests, it does not exist.
  "room.setDefault": "uu nfnf+ nff",
  "room.read": inTheRoom,
  "room.markUnread": inTheRoom,
  // With `member`, whom the guest outside does not know. For `member`, it is for notes to themselves.
  "direct.open": "uu n+n++ +++",
  "membership.setHidden": inTheRoom,
  "membership.setMuted": inTheRoom,
  "membership.setSection": inTheRoom,
  "draft.write": inTheRoom,
  "preferences.update": everybodySignedIn,
  "section.create": everybodySignedIn,
  // The section is one of the owner's.
  "section.update": "uu nnnnn nnn",
  "section.delete": "uu nnnnn nnn",
  "room.type": inTheRoom,
  "membership.add": "uu nnnnn f++",
  // The sample makes `member` an admin.
  "membership.setRole": "uu nnnn+ fff",
  "membership.remove": "uu nnnn+ ff+",
  "ban.add": "uu nnnn+ ff+",
  "ban.remove": "uu nnnn+ ff+",
  "ban.list": "uu nnnn+ ff+",
  // The public room, which nobody has joined. For guests, it does not exist.
  // Whoever runs the organization sees who is in a room, however private it is.
  "membership.list": "uu nnnn+ +++",
  // The sample names a room. Who may not see it gets no names.
  "person.names": inTheRoom,
  "membership.join": "uu n+n++n++",
  "membership.leave": inTheRoom,
  "roomInvite.send": "uu nnnnn f++",
  // The invites in the samples are to the owner, and from the owner.
  "roomInvite.show": "uu nnnnn nnn",
  "roomInvite.accept": "uu nnnnn nnn",
  "roomInvite.decline": "uu nnnnn nnn",
  "roomInvite.withdraw": "uu nnnnn nnn",
  // Their own. A room only narrows the list.
  "roomInvite.listSent": everybodySignedIn,
  "askLink.create": "uu nnnnn fff",
  "askLink.revoke": "uu nnnnn fff",
  "askLink.show": "uu nnnnn fff",
  // A link of another organization is answered as revoked.
  "joinRequest.send": "uu g+f++f++",
  "joinRequest.list": "uu nnnnn ff+",
  "joinRequest.approve": "uu nnnnn ff+",
  "joinRequest.refuse": "uu nnnnn ff+",
  // The owner's.
  "joinRequest.withdraw": "uu nnnnn nnn",
  "message.send": inTheRoom,
  // The thread of the owner's message in the private room.
  "thread.setFollowed": inTheRoom,
  "thread.read": inTheRoom,
  "thread.move": "uu nnnnn ff+",
  "thread.setTitle": "uu nnnnn ff+",
  "thread.setResolved": "uu nnnnn ff+",
  // Of the askers, only `member` follows it.
  "thread.markUnread": "uu nnnnn n+n",
  "thread.setMuted": "uu nnnnn n+n",
  "message.edit": "uu nnnnn fff",
  "message.delete": "uu nnnnn ff+",
  "reaction.add": inTheRoom,
  "reaction.remove": inTheRoom,
  // The answer leaves out what the asker may not see.
  "message.lookUp": everybodySignedIn,
  // By default, all but guests may.
  "pin.add": "uu nnnnn f++",
  "pin.remove": "uu nnnnn f++",
  // The answer leaves out people whom the asker may not know of.
  "person.list": everybodySignedIn,
  "person.browse": everybodySignedIn,
  "audit.list": "uu +fff+ fff",
  "room.administer": "uu +fff+ fff",
  "person.administer": "uu +fff+ fff",
  // `member` is someone else, whom guests know only if they share a room. Each asks as an admin may.
  "organization.setRole": "uu nfnf+ fff",
  "person.guestLosses": "uu nfnf+ fff",
  "organization.transfer": "uu nfnff fff",
  "person.deactivate": "uu nfnf+ fff",
  "person.reactivate": "uu nfnf+ fff",
  "person.endLogins": "uu nfnf+ fff",
  "person.releaseHandle": "uu nfnf+ fff",
  // For `guest`.
  "presence.update": everybodySignedIn,
  "presence.choose": everybodySignedIn,
  // The stranger lists the invites of their own organization.
  "invite.list": "uu +fff+ fff",
  // The invite is to the private room, which does not exist for the admin either.
  "invite.listUses": "uu nfff+ fff",
  "invite.create": "uu nfffn fff",
  "invite.revoke": "uu nfff+ fff",
  "invite.createForEmail": "uu nfffn fff",
  // Without a mail server the answer contains the link, so only who made the invite may send it again.
  "invite.send": "uu nffff fff",
  "person.setEnd": "uu nfnf+ fff",
  // Anyone who has the link may use it.
  "invite.show": everybody,
  "invite.accept": everybody,
  // They are in the organization already, except the stranger, whose address is not proven.
  "invite.join": "uu f+++ ++++",
  // The login is the owner's, so it does not exist for anyone else.
  "session.revoke": "uu nnnnnnnn",
  "session.end": everybodySignedIn,
  // The current password in the sample is the owner's.
  "password.change": "uu ffffffff",
  // The link is for `member`. Guests may know only of people in their rooms.
  "password.link": "uu nfnf+ fff",
  "password.reset": everybody,
};

/** How an operation answers each asker. Throws if it needs a row and has none. */
export function whoMay(operation: Operation): Readonly<Record<Asker, "ok" | ErrorCode>> {
  const row = ((rows as Record<string, string>)[operation.name] ?? rowOfReading(operation)).replaceAll(" ", "");
  return Object.fromEntries(askers.map((asker, at) => [asker, outcomes[row[at] as string]])) as never;
}

/** Only members of a room may read about it and its messages. Everybody signed in may read what takes no ids. */
function rowOfReading(operation: Operation): string {
  const named = idFields(operation);
  if (operation.access === "member" && operation.http.startsWith("GET ")) {
    if (named.length === 0) return everybodySignedIn;
    if (named.every((field) => ["roomId", "messageId", "threadId"].includes(field))) return inTheRoom;
  }
  throw new Error(`Add a row for ${operation.name} to tests/harness/who-may.ts.`);
}

/** Whether a call affects nobody but its asker, so that all askers can call it in the same world. */
export const concernsOnlyTheAsker = ({ name }: Operation): boolean =>
  [everybodySignedIn, inTheRoom].includes((rows as Record<string, string | undefined>)[name] ?? "");
