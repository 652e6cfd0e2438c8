import { useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import ActionsSheet from "@/components/messages/actions-sheet";
import { actionsFor, messageActions } from "@/components/messages/message-actions";
import MessageToolbar from "@/components/messages/message-toolbar";
import { MembersPanel } from "@/components/people/members-panel";
import ReactionPicker from "@/components/reactions/reaction-picker";
import Reactions from "@/components/reactions/reactions";
import WhoReacted from "@/components/reactions/who-reacted";
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
  by,
  inOrganization,
  inRoom,
  isPrivate,
  members,
  membersWithBlocked,
  menu,
  nothing,
  type Part,
} from "./parts";
import { messageBy, type Viewer } from "./viewers";

const onMessage = (authorId: string, key: string) =>
  by("message", messageActions, key, (viewer) => ({ ...viewer, message: messageBy(authorId) }));

/** The buttons for the emoji that somebody used last. */
const quick = (emojis: readonly string[], authorId: string) =>
  Object.fromEntries(emojis.map((emoji) => [`button React with ${emoji}`, onMessage(authorId, "react")]));

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
  "the reactions to a message": {
    files: [],
    rooms: [{}, archived],
    show: (viewer) => (
      <Reactions
        message={messageBy("them")}
        mayReact={actionsFor(viewer, messageBy("them")).some(({ key }) => key === "react")}
        isTabStop
        isOnBubble={false}
        onPick={nothing}
        onShowWho={nothing}
      />
    ),
    pressable: { "button 🎉 1 reaction": "always", "button Add reaction": onMessage("them", "react") },
  },
  "the picker for a reaction": {
    files: [],
    show: () => <ReactionPicker open onOpenChange={nothing} messageId="message" />,
    pressable: {
      "combobox Find an emoji": "always",
      "button No skin tone. Change skin tone": "always",
      ...Object.fromEntries(["👍", "🎉", "👀", "❤️", "✅"].map((emoji) => [`button ${emoji}`, "always" as const])),
      // The one by which the list measures the others. Without a layout, it draws no emoji.
      "gridcell ": "always",
    },
  },
  "who reacted to a message": {
    files: [],
    show: () => <WhoReacted open onOpenChange={nothing} message={messageBy("them")} />,
    pressable: { "button Close": "always", "button All 1": "always", "button 🎉 1": "always" },
  },
  ...Object.fromEntries(
    ["them", "me"].flatMap((authorId): [string, Part][] => {
      const items = Object.fromEntries(messageActions.map(({ key, label }) => [label, onMessage(authorId, key)]));
      const actions = (viewer: Viewer) => actionsFor(viewer, messageBy(authorId));
      return [
        [
          `the toolbar of a message by ${authorId}`,
          {
            files: ["messages/log-row.tsx"],
            show: (viewer) => <Toolbar message={messageBy(authorId)} actions={actions(viewer)} />,
            pressable: {
              ...quick(["👍", "🎉", "👀"], authorId),
              "button React": onMessage(authorId, "react"),
              "button Copy text": onMessage(authorId, "copy"),
              "button Edit": onMessage(authorId, "edit"),
              ...menu("More", items),
            },
          },
        ],
        [
          `the sheet of a message by ${authorId}`,
          {
            files: ["messages/message-log.tsx", "messages/log-dialogs.tsx"],
            show: (viewer) => (
              <ActionsSheet
                open
                onOpenChange={nothing}
                message={messageBy(authorId)}
                actions={actions(viewer)}
                onAction={nothing}
              />
            ),
            pressable: {
              ...quick(["👍", "🎉", "👀", "❤️", "✅"], authorId),
              ...Object.fromEntries(Object.entries(items).map(([label, when]) => [`button ${label}`, when])),
            },
          },
        ],
      ];
    }),
  ),
};

function Toolbar(props: Pick<Parameters<typeof MessageToolbar>[0], "message" | "actions">) {
  const [isOpen, setOpen] = useState(false);
  return <MessageToolbar {...props} menuOpen={isOpen} onMenuOpenChange={setOpen} onAction={nothing} />;
}
