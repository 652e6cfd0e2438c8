import { GroupRooms } from "@/components/groups/group-rooms";
import AddDefaultRoomDialog from "@/components/settings/add-default-room-dialog";
import { DefaultRoomsPage } from "@/components/settings/default-rooms-page";
import { SettingsNav } from "@/components/settings/nav";
import { personActs } from "@/components/settings/person-acts";
import { PersonRow } from "@/components/settings/person-row";
import RoomSections from "@/components/settings/room-sections";
import { AdministeredRoomRow } from "@/components/settings/room-row";
import { settingsPages } from "@/components/settings/settings-pages";
import { maySetAccess } from "@/lib/policy/room-settings";
import {
  archived,
  both,
  by,
  everybody,
  inRoom,
  isPrivate,
  members,
  menu,
  nothing,
  ownersAndAdmins,
  type Part,
  shownOffers,
  type When,
} from "./parts";
import { archivedAt, personNamed } from "./viewers";

const people = {
  "a member": personNamed("Cleo"),
  "an admin": personNamed("Cleo", { role: "admin" }),
  "a guest": personNamed("Cleo", { role: "guest" }),
  "somebody deactivated": personNamed("Cleo", { deactivatedAt: archivedAt }),
  "somebody who left": personNamed("Cleo", { deactivatedAt: archivedAt }),
};
const leftAtOf = (whom: string) => (whom === "somebody who left" ? archivedAt : null);
const isDefault: When = ({ room }) => room.isDefault;
const isNoDefault: When = ({ room }) => !room.isDefault;
const isInside: When = ({ membership, room }) => membership !== null || room.access !== "private";

/** The parts of the settings. */
export const settingsParts: Record<string, Part> = {
  "the list of the settings": {
    files: ["settings/nav.tsx"],
    show: ({ home }) => <SettingsNav me={home.me} organization="Larkfield" />,
    pressable: Object.fromEntries(
      settingsPages.map(({ key, title }) => [`link ${title}`, by("page", settingsPages, key, ({ asker }) => asker)]),
    ),
  },
  "the rooms that newcomers join": {
    files: ["settings/default-rooms-page.tsx"],
    viewers: everybody.slice(0, 2),
    rooms: [{ isDefault: true }, { isDefault: true, ...archived }],
    show: ({ asker }) => <DefaultRoomsPage asker={asker} organization="Larkfield" />,
    pressable: {
      "link Settings": "always",
      "button Add room": "always",
      "button Remove #lighthouse": inRoom("unsetDefault"),
    },
  },
  "the dialog that adds one": {
    files: ["settings/add-default-room-dialog.tsx"],
    viewers: everybody.slice(0, 2),
    rooms: [{}, isPrivate],
    show: ({ asker }) => <AddDefaultRoomDialog asker={asker} onAdded={nothing} open onOpenChange={nothing} />,
    pressable: {
      "button Close": "always",
      "searchbox Search rooms": "always",
      "button Add lighthouse": inRoom("setDefault"),
    },
  },
  "a room's row in the settings": {
    files: ["settings/room-row.tsx"],
    rooms: [{}, { isDefault: true }, archived],
    viewers: ownersAndAdmins,
    show: ({ room, membership, asker }) => (
      <table>
        <tbody>
          <AdministeredRoomRow
            row={{ room, role: membership?.role ?? null, banned: false, messages: 0, lastMessageAt: null }}
            asker={asker}
            selected={false}
            onSelect={nothing}
            onChange={async () => {}}
            onDelete={nothing}
          />
        </tbody>
      </table>
    ),
    pressable: {
      "checkbox Select #lighthouse": "always",
      "link lighthouse": "always",
      ...menu("Actions for #lighthouse", {
        "Settings and people": "always",
        "Newcomers join": both(isNoDefault, inRoom("setDefault")),
        "Newcomers don't join": both(isDefault, inRoom("unsetDefault")),
        Archive: inRoom("archive"),
        Unarchive: inRoom("unarchive"),
        Delete: inRoom("delete"),
      }),
    },
  },
  "a room's page in the settings": {
    files: ["room-sections", "room-form", "room-danger", "room-asking", "room-people", "room-requests"].map(
      (file) => `settings/${file}.tsx`,
    ),
    rooms: [{}, isPrivate, { ...archived, ...isPrivate }],
    viewers: ownersAndAdmins,
    show: ({ room, membership, asker }) => (
      <RoomSections
        found={{ room, role: membership?.role ?? null, banned: false, messages: 0, lastMessageAt: null }}
        asker={asker}
        onChanged={nothing}
      />
    ),
    pressable: {
      "button Add a picture or emoji": inRoom("avatar"),
      "textbox Name": inRoom("name"),
      "textbox Topic": both(inRoom("topic"), isInside),
      "textbox Description": both(inRoom("description"), isInside),
      "radio PublicEveryone in the organization can find, read and join it.": inRoom("access"),
      "radio RestrictedPeople in its groups can find and join it.": inRoom("access"),
      "radio PrivateHidden. People join only when added.": inRoom("access"),
      "combobox Post": inRoom("postingPolicy"),
      "combobox Change the topic": inRoom("membersSetTopic"),
      "combobox Add people": inRoom("membersAddPeople"),
      "combobox Pin messages": inRoom("membersPin"),
      "combobox Mention everyone": inRoom("membersMentionEveryone"),
      "combobox Newcomers see": inRoom("history"),
      "switch Tell who joins and leaves": inRoom("notices"),
      "button Save changes": "always",
      "searchbox Search people in the room": "always",
      "button Add people": inRoom("addPeople"),
      ...members,
      "button Refuse Dan": both((viewer) => viewer.room.access === "private", inRoom("seeRequests")),
      "button Approve Dan": both((viewer) => viewer.room.access === "private", inRoom("approveRequests")),
      "button Create new link": inRoom("createAskLink"),
      "button Revoke link": inRoom("askLink"),
      "button Withdraw the invite of Fay": "always",
      "switch Newcomers join this room": inRoom("setDefault"),
      // The page is for owners and admins, who may read it.
      "button Show details of “Archived room” by Mo": "always",
      "button Archive room": inRoom("archive"),
      "button Unarchive room": inRoom("unarchive"),
      "button Delete room": inRoom("delete"),
    },
  },
  "a group's rooms": {
    files: ["groups/group-rooms.tsx", "groups/group-room-dialogs.tsx"],
    rooms: [{}, isPrivate, archived],
    viewers: ownersAndAdmins,
    show: ({ asker }) => (
      <GroupRooms
        group={{ id: "mine", name: "Mine", handle: "mine", memberCount: 1, roomCount: 1 }}
        rooms={[{ id: "room", name: "lighthouse", memberCount: 3, otherGroups: [] }]}
        asker={asker}
        onChange={nothing}
      />
    ),
    pressable: {
      "button Add room": "always",
      "button Close lighthouse to the group": ({ asker, room, membership }) => maySetAccess(asker, room, membership).ok,
    },
  },
  ...Object.fromEntries(
    Object.entries(people).map(([whom, person]): [string, Part] => [
      `${whom}, in the settings`,
      {
        files: ["settings/person-row.tsx"],
        viewers: everybody.slice(0, 2),
        show: ({ asker }) => (
          <table>
            <tbody>
              <PersonRow
                row={{ person, groups: [], endsAt: null, leftAt: leftAtOf(whom), logins: 0 }}
                asker={asker}
                selected={false}
                onSelect={nothing}
                onAct={nothing}
              />
            </tbody>
          </table>
        ),
        pressable: {
          "checkbox Select Cleo": "always",
          "button Actions for Cleo": "always",
          ...Object.fromEntries(
            personActs.map(({ key, label, fits, may }): [string, When] => {
              shownOffers.add(`person.${key}`);
              return [
                `menuitem Actions for Cleo: ${label}`,
                (viewer) => {
                  const target = { ...person, leftAt: leftAtOf(whom) };
                  return fits(target) && may(viewer.asker, target).ok;
                },
              ];
            }),
          ),
        },
      },
    ]),
  ),
};
