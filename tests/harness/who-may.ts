import type { ErrorCode } from "@/lib/contract/errors";
import type { OperationName } from "@/lib/contract/index";
import type { Operation } from "@/lib/contract/operation";
import { fieldsOfIds } from "./ties";

// Who asks, in the order of the columns below. All but the first and the stranger (the owner of another organization) are
// people of the organization; `removed` was in the room, `outsider`, `outsideGuest` and the admin never were.
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

const letters: Readonly<Record<string, "ok" | ErrorCode>> = {
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
 * Who may ask each operation's sample of a private room, a message of the owner's, an invite, a login: see `samples`. Who may
 * change something is a decision, so each such operation has a row; of what only reads, those that differ from `whoMay`.
 */
const rows: { readonly [N in OperationName]?: string } = {
  "organization.setup": "gggggggggg",
  // The stranger makes rooms in their own organization.
  "organization.addRooms": "uu +fff ffff",
  sync: everybodySignedIn,
  // Of a group that only `member` is in; who runs the organization may name any.
  "room.create": "uu nnnn+n+n",
  "room.read": inTheRoom,
  "room.type": inTheRoom,
  "membership.add": "uu nnnnn f++",
  "membership.remove": "uu nnnnn ff+",
  // The public room, in which nobody is.
  "membership.join": "uu n+n++n++",
  "membership.leave": inTheRoom,
  "message.send": inTheRoom,
  "message.edit": "uu nnnnn fff",
  "message.delete": "uu nnnnn ff+",
  // Whom one may not know of is left out.
  "person.list": everybodySignedIn,
  "presence.update": everybodySignedIn,
  // The stranger lists the invites of their own organization.
  "invite.list": "uu +fff+ fff",
  // Into the private room: not even the admin, who is not in it.
  "invite.create": "uu nfffn fff",
  "invite.revoke": "uu nfff+ fff",
  // A link is for whoever has it.
  "invite.show": everybody,
  "invite.accept": everybody,
  "session.revoke": "uu nnnnnnnn",
  "session.end": everybodySignedIn,
  "password.change": "uu ffffffff",
  // Guests know nobody they share no room with.
  "password.link": "uu nfnf+ fff",
  "password.reset": everybody,
};

/** How each asker is answered. Throws when nobody has decided that. */
export function whoMay(operation: Operation): Readonly<Record<Asker, "ok" | ErrorCode>> {
  const row = ((rows as Record<string, string>)[operation.name] ?? ofReading(operation)).replaceAll(" ", "");
  return Object.fromEntries(askers.map((asker, at) => [asker, letters[row[at] as string]])) as never;
}

/** What reads about a room or a message is for whoever is in it; what names nothing is for everybody of the organization. */
function ofReading(operation: Operation): string {
  const named = fieldsOfIds(operation);
  if (operation.access === "member" && operation.http.startsWith("GET ")) {
    if (named.length === 0) return everybodySignedIn;
    if (named.every((field) => field === "roomId" || field === "messageId")) return inTheRoom;
  }
  throw new Error(`Say in tests/harness/who-may.ts who may ask ${operation.name}.`);
}

/** Whether one asker's answer cannot depend on another's having asked before. */
export const concernsOnlyTheAsker = ({ name }: Operation): boolean =>
  (rows as Record<string, string>)[name] === everybodySignedIn;
