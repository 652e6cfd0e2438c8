import type { z } from "zod";
import { showHome, syncRooms } from "./home";
import { acceptInvite, createInvite, listInvites, revokeInvite, showInvite } from "./invite";
import { addMember, joinRoom, leaveRoom, listMembers, removeMember } from "./membership";
import { deleteMessage, editMessage, listMessages, sendMessage, showHistory, typeInRoom } from "./message";
import { addRooms, setUp } from "./organization";
import { listGroups, listPeople } from "./person";
import { updatePresence } from "./presence";
import { createRoom, listRooms, readRoom, showRoom } from "./room";
import type { OperationName } from "./routes";
import { changePassword, endSession, listSessions, makePasswordLink, resetPassword, revokeSession } from "./session";

/** Every operation there is. The compiler demands one for every route, and a handler for every one. */
export const operations = {
  "organization.setup": setUp,
  "organization.addRooms": addRooms,
  "home.show": showHome,
  sync: syncRooms,
  "room.list": listRooms,
  "room.create": createRoom,
  "room.show": showRoom,
  "room.read": readRoom,
  "room.type": typeInRoom,
  "membership.list": listMembers,
  "membership.add": addMember,
  "membership.remove": removeMember,
  "membership.join": joinRoom,
  "membership.leave": leaveRoom,
  "message.list": listMessages,
  "message.send": sendMessage,
  "message.edit": editMessage,
  "message.delete": deleteMessage,
  "message.history": showHistory,
  "person.list": listPeople,
  "group.list": listGroups,
  "presence.update": updatePresence,
  "invite.list": listInvites,
  "invite.create": createInvite,
  "invite.revoke": revokeInvite,
  "invite.show": showInvite,
  "invite.accept": acceptInvite,
  "session.list": listSessions,
  "session.revoke": revokeSession,
  "session.end": endSession,
  "password.change": changePassword,
  "password.link": makePasswordLink,
  "password.reset": resetPassword,
} as const satisfies { [N in OperationName]: { name: N } };

export type Operations = typeof operations;
export type { OperationName };
/** What a caller writes. */
export type Input<N extends OperationName> = z.input<Operations[N]["input"]>;
export type Output<N extends OperationName> = z.output<Operations[N]["output"]>;
