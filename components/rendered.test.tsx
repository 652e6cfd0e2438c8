// @vitest-environment happy-dom
// Renders parts of the screen for each role and compares the buttons with the policies.
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { chatParts } from "@/tests/harness/chat-parts";
import { composerParts } from "@/tests/harness/composer-parts";
import { everybody, shownOffers } from "@/tests/harness/parts";
import { messageParts } from "@/tests/harness/message-parts";
import { peopleParts } from "@/tests/harness/people-parts";
import { pressableIn } from "@/tests/harness/rendered";
import { settingsParts } from "@/tests/harness/settings-parts";
import { viewerAs } from "@/tests/harness/viewers";
import { messageActions } from "./messages/message-actions";
import { memberOffers } from "./people/member-offers";
import { cardOffers } from "./profile/card-offers";
import { roomOffers } from "./rooms/room-offers";
import { personActs } from "./settings/person-acts";
import { settingsPages } from "./settings/settings-pages";
import { organizationOffers } from "./shell/organization-offers";
import { threadOffers } from "./threads/thread-offers";

const parts = { ...chatParts, ...messageParts, ...composerParts, ...peopleParts, ...settingsParts };

// Loads the lazily fetched code and renders once. Otherwise the first test would take longest.
beforeAll(async () => {
  await import("./drafts/drafts-link");
  await import("./settings/group-filter");
  await import("./settings/room-invites");
  await import("./settings/room-people");
  await import("./settings/room-requests");
  await import("./rooms/header-menu-items");
  await import("./shell/organization-menu-items");
  await import("./sidebar/menus");
  await import("./ui/menu-parts");
  const viewer = viewerAs("owner", "member");
  await pressableIn(viewer, chatParts["a room's header"]?.show(viewer));
});

describe.each(Object.entries(parts))("In %s, what the policies allow can be pressed by", (_name, part) => {
  const viewers = part.viewers ?? everybody;
  const cases = (part.rooms ?? [{}]).flatMap((given) => viewers.map((roles) => [...roles, given] as const));
  it.each(cases)("an %s of the organization, %s of the room %o", async (role, roomRole, given) => {
    const viewer = viewerAs(role, roomRole, given, part.blockedIds);
    const expected = Object.entries(part.pressable).filter(([, when]) => when === "always" || when(viewer));
    const found = await pressableIn(viewer, part.show(viewer));
    expect([...found].toSorted()).toEqual(expected.map(([name]) => name).toSorted());
  });
});

it("Every offer of every list can be pressed in one of these parts", () => {
  const lists = {
    room: roomOffers,
    organization: organizationOffers,
    member: memberOffers,
    card: cardOffers,
    person: personActs,
    message: messageActions,
    page: settingsPages,
    thread: threadOffers,
  };
  const all = Object.entries(lists).flatMap(([list, offers]) => offers.map(({ key }) => `${list}.${key}`));
  expect(all.filter((key) => !shownOffers.has(key))).toEqual([]);
});

/** Files that are left out: their decisions don't control a button, or the button depends on typed text. */
const elsewhere = [
  "profile/use-card-offers.ts",
  "rooms/joined-room.tsx",
  "rooms/join-bar.tsx",
  "rooms/use-room-offers.ts",
  "rooms/use-switcher.tsx",
  "rooms/use-switcher-people.ts",
  "threads/thread-panel.tsx",
];

it("Every component that asks a list of offers or a policy is one of these parts", () => {
  const asks =
    /\b(?:offered|offeredIn|offeredTo|actionsFor|actsFor|decisionOn|useRoomOffers|useCardOffers|mayOpenToGroups)[(<]|import \{[^}]*\bmay[A-Z]\w+[^}]*\} from "@\/lib\/policy/;
  const files = readdirSync("components", { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.|offers\.ts$|person-acts|message-actions|settings-pages/.test(file),
  );
  const asking = files.filter((file) => asks.test(readFileSync(`components/${file}`, "utf8")));
  const shown = Object.values(parts).flatMap((part) => part.files);
  expect(asking.filter((file) => !shown.includes(file) && !elsewhere.includes(file))).toEqual([]);
  expect(shown.filter((file) => !asking.includes(file))).toEqual([]);
});
