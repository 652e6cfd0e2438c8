/**
 * Every operation by name and where it stands in the REST API. Free of zod, so that the browser
 * can find an operation's route without loading its schemas. `operation()` reads its route here.
 */
export const routes = {
  "organization.setup": "POST /api/setup",
  "organization.addRooms": "POST /api/setup/rooms",
  "home.show": "GET /api/home",
  sync: "POST /api/sync",

  "room.list": "GET /api/rooms",
  "room.create": "POST /api/rooms",
  "room.show": "GET /api/rooms/{roomId}",
  "room.read": "PUT /api/rooms/{roomId}/read",
  "room.type": "POST /api/rooms/{roomId}/typing",

  "membership.list": "GET /api/rooms/{roomId}/members",
  "membership.add": "POST /api/rooms/{roomId}/members",
  "membership.remove": "DELETE /api/rooms/{roomId}/members/{personId}",
  "membership.join": "POST /api/rooms/{roomId}/join",
  "membership.leave": "POST /api/rooms/{roomId}/leave",

  "message.list": "GET /api/rooms/{roomId}/messages",
  "message.send": "POST /api/rooms/{roomId}/messages",
  "message.edit": "PATCH /api/messages/{messageId}",
  "message.delete": "DELETE /api/messages/{messageId}",
  "message.history": "GET /api/messages/{messageId}/history",

  "person.list": "GET /api/people",
  "group.list": "GET /api/groups",
  "presence.update": "PUT /api/presence",

  "invite.list": "GET /api/invites",
  "invite.create": "POST /api/invites",
  "invite.revoke": "DELETE /api/invites/{inviteId}",
  "invite.show": "GET /api/join/{token}",
  "invite.accept": "POST /api/join/{token}",

  "session.list": "GET /api/sessions",
  "session.revoke": "DELETE /api/sessions/{sessionId}",
  "session.end": "POST /api/sign-out",

  "password.change": "PUT /api/password",
  "password.link": "POST /api/people/{personId}/password-link",
  "password.reset": "POST /api/password-reset/{token}",
} as const;

export type OperationName = keyof typeof routes;
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Splits a route into its method, its path and the names in braces in the path. */
export function parseRoute(name: OperationName): { method: Method; path: string; params: string[] } {
  const [method, path] = routes[name].split(" ") as [Method, string];
  return { method, path, params: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string) };
}
