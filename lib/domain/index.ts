import type { OperationName } from "@/lib/contract/routes";
import type { Handler } from "@/lib/server/handler";
import groupList from "./group/list";
import homeShow from "./home/show";
import sync from "./home/sync";
import inviteAccept from "./invite/accept";
import inviteCreate from "./invite/create";
import inviteList from "./invite/list";
import inviteRevoke from "./invite/revoke";
import inviteShow from "./invite/show";
import membershipAdd from "./membership/add";
import membershipJoin from "./membership/join";
import membershipLeave from "./membership/leave";
import membershipList from "./membership/list";
import membershipRemove from "./membership/remove";
import messageDelete from "./message/delete";
import messageEdit from "./message/edit";
import messageHistory from "./message/history";
import messageList from "./message/list";
import messageSend from "./message/send";
import organizationAddRooms from "./organization/add-rooms";
import organizationSetUp from "./organization/set-up";
import passwordChange from "./password/change";
import passwordLink from "./password/link";
import passwordReset from "./password/reset";
import personList from "./person/list";
import presenceUpdate from "./presence/update";
import roomCreate from "./room/create";
import roomList from "./room/list";
import roomRead from "./room/read";
import roomShow from "./room/show";
import roomType from "./room/type";
import sessionEnd from "./session/end";
import sessionList from "./session/list";
import sessionRevoke from "./session/revoke";

/** Exactly one handler for every operation: the compiler demands it. */
export const handlers = {
  "organization.setup": organizationSetUp,
  "organization.addRooms": organizationAddRooms,
  "home.show": homeShow,
  sync,
  "room.list": roomList,
  "room.create": roomCreate,
  "room.show": roomShow,
  "room.read": roomRead,
  "room.type": roomType,
  "membership.list": membershipList,
  "membership.add": membershipAdd,
  "membership.remove": membershipRemove,
  "membership.join": membershipJoin,
  "membership.leave": membershipLeave,
  "message.list": messageList,
  "message.send": messageSend,
  "message.edit": messageEdit,
  "message.delete": messageDelete,
  "message.history": messageHistory,
  "person.list": personList,
  "group.list": groupList,
  "presence.update": presenceUpdate,
  "invite.list": inviteList,
  "invite.create": inviteCreate,
  "invite.revoke": inviteRevoke,
  "invite.show": inviteShow,
  "invite.accept": inviteAccept,
  "session.list": sessionList,
  "session.revoke": sessionRevoke,
  "session.end": sessionEnd,
  "password.change": passwordChange,
  "password.link": passwordLink,
  "password.reset": passwordReset,
} as const satisfies { [N in OperationName]: Handler<N> };
