import { InvitePeople } from "@/components/invites/invite-people";
import { MembersPanel } from "@/components/people/members-panel";
import AccessDialog from "@/components/rooms/access-dialog";
import BrowseScreen from "@/components/rooms/browse-screen";
import { RoomDetails } from "@/components/rooms/room-details";
import { RoomHeader } from "@/components/rooms/room-header";
import EmptyRoom from "@/components/rooms/empty-room";
import DraftsScreen from "@/components/drafts/drafts-screen";
import UnarchiveButton from "@/components/rooms/unarchive-button";
import { Sidebar } from "@/components/shell/sidebar";
import { mayCreateOrganization } from "@/lib/policy/organization";
import {
  archived,
  inOrganization,
  inRoom,
  isPrivate,
  members,
  membersWithBlocked,
  menu,
  nothing,
  type Part,
} from "./parts";

/** Items of a room's menus that put it into a section of the sidebar. */
const roomPlace = { "Add to favourites": "always", "New section": "always" } as const;

/** The parts of the chat. */
export const chatParts: Record<string, Part> = {
  "a room's header": {
    files: ["rooms/header-menu-items.tsx", "rooms/use-leave-action.ts"],
    rooms: [{}, { ...archived, joinsEveryone: true }],
    show: ({ item }) => <RoomHeader item={item} panel={null} />,
    pressable: {
      "button Back to rooms": "always",
      "button Members: 3 people": "always",
      ...menu("More", {
        "Room details": "always",
        "Pinned messages1": "always",
        "Add people": inRoom("addPeople"),
        Mute: "always",
        ...roomPlace,
        "Leave room": inRoom("leave"),
      }),
    },
  },
  "a conversation's header": {
    files: [],
    rooms: [{ kind: "direct", access: "private", name: null, directIds: ["me", "Cleo", "Mo"] }],
    show: ({ item }) => <RoomHeader item={item} panel={null} />,
    pressable: {
      "button Back to rooms": "always",
      ...menu("More", {
        People: "always",
        "Add people": "always",
        "New room with them": inOrganization("createRoom"),
        Mute: "always",
        "Pinned messages1": "always",
        ...roomPlace,
        "Hide until the next message": "always",
        "Leave conversation": "always",
      }),
    },
  },
  "a room's details": {
    files: [
      "rooms/room-details.tsx",
      "rooms/room-access.tsx",
      "rooms/delete-button.tsx",
      "join-requests/ask-to-join.tsx",
    ],
    rooms: [{}, isPrivate, { ...archived, ...isPrivate }],
    show: ({ item }) => <RoomDetails item={item} />,
    pressable: {
      "button Change picture": inRoom("avatar"),
      "button Edit name": inRoom("name"),
      "button Edit topic": inRoom("topic"),
      "button Edit description": inRoom("description"),
      "combobox Who can post": inRoom("postingPolicy"),
      "combobox Who can change the topic": inRoom("membersSetTopic"),
      "combobox Who can add people": inRoom("membersAddPeople"),
      "combobox Who can pin messages": inRoom("membersPin"),
      "combobox Who can mention everyone": inRoom("membersMentionEveryone"),
      "button Edit who can join": inRoom("access"),
      "combobox What newcomers see": inRoom("history"),
      "switch Tell who joins and leaves": inRoom("notices"),
      "button Refuse Dan": inRoom("seeRequests"),
      "button Approve Dan": inRoom("approveRequests"),
      "button Create new link": inRoom("createAskLink"),
      "button Revoke link": inRoom("askLink"),
      "button Show details of “Archived room” by Mo": inRoom("whatHappened"),
      "button Archive room": inRoom("archive"),
      "button Unarchive room": inRoom("unarchive"),
      "button Delete room": inRoom("delete"),
    },
  },
  "a room's members": {
    files: ["people/members-panel.tsx", "people/member-list.tsx", "people/member-menu.tsx", "people/banned-people.tsx"],
    rooms: [{}, archived],
    show: ({ item }) => <MembersPanel item={item} />,
    pressable: { "searchbox Find members": "always", "button Add": inRoom("addPeople"), ...members },
  },
  "a room's members, of whom one is blocked": {
    files: [],
    blockedIds: ["Cleo"],
    show: ({ item }) => <MembersPanel item={item} />,
    pressable: { "searchbox Find members": "always", "button Add": inRoom("addPeople"), ...membersWithBlocked },
  },
  "the place of an archived room's composer": {
    files: ["rooms/unarchive-button.tsx"],
    rooms: [archived],
    show: ({ item }) => <UnarchiveButton item={item} />,
    pressable: { "button Unarchive": inRoom("unarchive") },
  },
  "a room without messages": {
    files: ["rooms/empty-room.tsx"],
    show: ({ room, item }) => <EmptyRoom room={room} membership={item.membership} title="" hidesEarlier={false} />,
    pressable: { "button Add people": inRoom("addPeople") },
  },
  "an organization of one": {
    files: ["rooms/empty-room.tsx", "invites/invite-people.tsx", "invites/room-of-invite.ts"],
    rooms: [{ joinsEveryone: true, memberCount: 1 }],
    show: ({ room, item }) => <EmptyRoom room={room} membership={item.membership} title="" hidesEarlier={false} />,
    pressable: {
      "link Add rooms": inOrganization("addFirstRooms"),
      "button Invite people": inOrganization("inviteMember"),
    },
  },
  "an empty list of people": {
    files: ["invites/invite-people.tsx"],
    show: ({ asker }) => <InvitePeople asker={asker} organization="Larkfield" />,
    pressable: { "button Invite people": inOrganization("inviteMember") },
  },
  "the sidebar": {
    files: ["shell/sidebar.tsx", "shell/organization-menu-items.tsx"],
    show: () => <Sidebar place={{ at: "home", roomId: null, panel: null }} />,
    pressable: {
      ...menu("Larkfield", {
        Larkfield: "always",
        Harbourside: "always",
        "Invite people": inOrganization("manageInvites"),
        Settings: "always",
        "Keyboard shortcuts": "always",
        "Create organization": ({ asker }) => mayCreateOrganization(asker, { creators: "owners", owned: 1 }).ok,
        "Leave Larkfield": "always",
        "Sign out Me": "always",
      }),
      ...menu("Add rooms", {
        "New room": inOrganization("createRoom"),
        "Browse rooms": "always",
        "New section": "always",
      }),
      "button Rooms": "always",
      ...menu("Options for Rooms", {
        "Show unread only": "always",
        "Mute everything in it": "always",
        "Move down": "always",
      }),
      "button Direct messages": "always",
      ...menu("Options for Direct messages", { "Show unread only": "always", "Move up": "always" }),
      "button Unread only": "always",
      "button Jump to": "always",
      "button New message": "always",
      "link Threads": "always",
      "link Browse rooms": "always",
      "link People": "always",
      "link Invites": "always",
      "link Drafts2": "always",
      "link lighthouse1 request to join": "always",
      "link Settings": "always",
      "button Theme": "always",
    },
  },
  "the drafts": {
    files: [],
    show: () => <DraftsScreen />,
    pressable: {
      "button Back to rooms": "always",
      "link #lighthouse": "always",
      "button Delete draft in #lighthouse": "always",
      "button Copy draft": "always",
      "button Delete draft in a room you can't open": "always",
    },
  },
  browsing: {
    files: ["rooms/browse-screen.tsx"],
    show: () => <BrowseScreen />,
    pressable: {
      "button Back to rooms": "always",
      "searchbox Find rooms": "always",
      "combobox Sort rooms": "always",
      "button New room": inOrganization("createRoom"),
    },
  },
  "who can join a room": {
    files: ["rooms/access-fields.tsx"],
    rooms: [{ access: "restricted" }],
    show: ({ room }) => <AccessDialog room={room} groups={[]} open onOpenChange={nothing} />,
    pressable: {
      "button Close": "always",
      "radio PublicEveryone in the organization can find, read and join it.": "always",
      "radio RestrictedPeople in its groups can find and join it.": "always",
      "radio PrivateHidden. People join only when added.": "always",
      "checkbox Group mine": "always",
      "checkbox Group other": inOrganization("manageGroups"),
      "button Cancel": "always",
      "button Save": "always",
    },
  },
};
