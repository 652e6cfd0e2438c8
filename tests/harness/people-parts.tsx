import DirectoryScreen from "@/components/people/directory-screen";
import { cardOffers } from "@/components/profile/card-offers";
import { CardSheet } from "@/components/profile/card-sheet";
import { PersonCard } from "@/components/profile/person-card";
import { Profile } from "@/components/profile/profile";
import { personActs } from "@/components/settings/person-acts";
import type { Person } from "@/lib/contract/person";
import { mayAdministerPeople } from "@/lib/policy/person";
import { archived, by, inOrganization, menu, nothing, type Part, type Pressable, type When } from "./parts";
import { archivedAt, personNamed } from "./viewers";

const onCard = (id: string, key: string, isBlocked = false, sharesChannel = true) =>
  by("card", cardOffers, key, ({ asker }) => ({ asker, person: personNamed(id), sharesChannel, isBlocked }));
const cleo = personNamed("Cleo");
const mentionsCleo = by("card", cardOffers, "mention", ({ asker, room, membership }) => {
  const here = membership && { room, membership };
  return { asker, person: cleo, sharesChannel: true, isBlocked: false, here };
});
const card = { onClose: nothing, onSetStatus: nothing, onPickTime: nothing, onBlock: nothing };
const cardOf = (person: Person): Pick<Part, "files" | "show"> => ({
  files: ["profile/use-card.ts"],
  show: () => <PersonCard person={person} {...card} />,
});
const sheetOf = (person: Person): Pick<Part, "files" | "show"> => ({
  files: ["profile/use-card.ts"],
  show: () => <CardSheet person={person} {...card} />,
});
const ownCard: Pressable = {
  "button Set a status": "always",
  "button Active": "always",
  "button Do not disturb": "always",
  "button Appear offline": "always",
  "button Notes to self": onCard("me", "message"),
  "link Edit profile": onCard("me", "editProfile"),
};
const profileOf = (id: string) => ({
  person: personNamed(id),
  joinedAt: archivedAt,
  groups: [],
  rooms: [{ id: "room", name: "lighthouse" }],
  roomCount: 1,
  formerHandles: ["cleopatra"],
});

/** What an owner or admin can do with Cleo. */
const manage: Pressable = {
  "link Manage Cleo": onCard("Cleo", "manage"),
  "button Release @cleopatra": onCard("Cleo", "releaseHandle"),
  ...Object.fromEntries(
    personActs
      .filter(({ key }) => key !== "end")
      .map(({ label, fits, may }): [string, When] => [
        `button ${label}`,
        ({ asker }) => mayAdministerPeople(asker).ok && fits(cleo) && may(asker, cleo).ok,
      ]),
  ),
};
const profileOfCleo: Pick<Part, "files" | "show"> = {
  files: ["profile/profile.tsx", "profile/profile-acts.tsx"],
  show: ({ item }) => (
    <Profile person={cleo} facts={profileOf("Cleo")} item={item} onLeave={nothing} onReload={nothing} />
  ),
};

const directory: Pick<Part, "files" | "show"> = {
  files: ["people/directory-screen.tsx", "people/directory-card.tsx"],
  show: () => <DirectoryScreen />,
};
const inDirectory: Pressable = {
  "button Back to rooms": "always",
  "searchbox Find people": "always",
  "combobox Presence": "always",
  "combobox Role": "always",
  "button Group: any": "always",
  "button Invite people": inOrganization("inviteMember"),
  "link Cleo": "always",
};

/** The parts of the chat that show people: the directory, cards and profiles. */
export const peopleParts: Record<string, Part> = {
  "somebody's card": {
    ...cardOf(cleo),
    rooms: [{}, archived],
    pressable: {
      "button Message": onCard("Cleo", "message"),
      "button Mention": mentionsCleo,
      ...menu("More", {
        "View profile": "always",
        "Copy @cleo": "always",
        "Manage Cleo": onCard("Cleo", "manage"),
        "Block Cleo": onCard("Cleo", "block"),
      }),
    },
  },
  "the card of somebody who is deactivated": {
    ...cardOf(personNamed("Cleo", { deactivatedAt: archivedAt })),
    pressable: {
      "button View profile": "always",
      ...menu("More", {
        "Copy @cleo": "always",
        "Manage Cleo": onCard("Cleo", "manage"),
        "Block Cleo": onCard("Cleo", "block"),
      }),
    },
  },
  "somebody's profile": {
    ...profileOfCleo,
    rooms: [{}, archived],
    pressable: {
      "button Message": onCard("Cleo", "message"),
      "button Mention": mentionsCleo,
      "button Copy @cleo": "always",
      "button Block Cleo": onCard("Cleo", "block"),
      "link lighthouse": "always",
      ...manage,
    },
  },
  "the profile of somebody who is blocked": {
    ...profileOfCleo,
    blockedIds: ["Cleo"],
    pressable: {
      "button Copy @cleo": "always",
      "button Unblock Cleo": onCard("Cleo", "unblock", true),
      ...manage,
    },
  },
  "one's own profile": {
    files: ["profile/profile.tsx"],
    show: ({ home, item }) => (
      <Profile person={home.me} facts={profileOf("me")} item={item} onLeave={nothing} onReload={nothing} />
    ),
    pressable: {
      "button Notes to self": onCard("me", "message"),
      "link Edit profile": onCard("me", "editProfile"),
      "button Release @cleopatra": onCard("me", "releaseHandle"),
    },
  },
  "the directory": {
    ...directory,
    pressable: { ...inDirectory, "button Message Cleo": onCard("Cleo", "message", false, false) },
  },
  "the directory with somebody who is blocked": { ...directory, blockedIds: ["Cleo"], pressable: inDirectory },
  "the card of somebody who is blocked": {
    ...cardOf(cleo),
    blockedIds: ["Cleo"],
    pressable: {
      "button Unblock Cleo": onCard("Cleo", "unblock", true),
      ...menu("More", {
        "View profile": "always",
        "Copy @cleo": "always",
        "Manage Cleo": onCard("Cleo", "manage", true),
      }),
    },
  },
  "somebody's card in a sheet": {
    ...sheetOf(cleo),
    rooms: [{}, archived],
    pressable: {
      "button Message": onCard("Cleo", "message"),
      "button Mention": mentionsCleo,
      "button Copy @cleo": "always",
      "button View profile": "always",
      "link Manage Cleo": onCard("Cleo", "manage"),
      "button Block Cleo": onCard("Cleo", "block"),
    },
  },
  "the card of somebody who is blocked, in a sheet": {
    ...sheetOf(cleo),
    blockedIds: ["Cleo"],
    pressable: {
      "button Copy @cleo": "always",
      "button View profile": "always",
      "link Manage Cleo": onCard("Cleo", "manage", true),
      "button Unblock Cleo": onCard("Cleo", "unblock", true),
    },
  },
  "one's own card in a sheet": {
    files: ["profile/use-card.ts"],
    show: ({ home }) => <CardSheet person={home.me} {...card} />,
    pressable: ownCard,
  },
  "one's own card": {
    files: ["profile/use-card.ts"],
    show: ({ home }) => <PersonCard person={home.me} {...card} />,
    pressable: ownCard,
  },
};
