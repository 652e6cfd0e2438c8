import type { Message } from "./message";
import type { PictureOf, PictureSize } from "./picture-sizes";

/** The page that lists the organizations of the account. */
export const organizationsPath = "/organizations";

/** One file of an organization's icon. */
export const iconPath = (name: string, size: PictureSize): string => `/icons/${name}-${size}.webp`;

type SettingsPageName =
  | "account"
  | "general"
  | "rooms"
  | "default-rooms"
  | "people"
  | "groups"
  | "invites"
  | "security"
  | "audit";

type Standing = Pick<Message, "id" | "roomId" | "threadId" | "alsoInRoom" | "movedAt">;

/** Whether a message stands in its thread, not in the room. */
export const standsInThread = ({ threadId, alsoInRoom, movedAt }: Omit<Standing, "id" | "roomId">): boolean =>
  Boolean(threadId && (!alsoInRoom || movedAt));

/** The addresses of an organization's pages. */
export function pathsOf(handle: string) {
  const home = `/o/${handle}`;
  return {
    home,
    browse: `${home}/browse`,
    browseBy: (sort: string) => `${home}/browse?sort=${sort}`,
    people: `${home}/people`,
    /** The page of people, with someone's profile beside it. */
    profile: (personId: string) => `${home}/people?profile=${personId}`,
    drafts: `${home}/drafts`,
    newMessage: `${home}/new-message`,
    /** A new message to these people. `adding`: how many others are in the conversation to which people are added. */
    newMessageTo: (personIds: readonly string[], adding = 0) =>
      personIds.length + adding === 0
        ? `${home}/new-message`
        : `${home}/new-message?to=${personIds.join(",")}${adding > 0 ? `&adding=${adding}` : ""}`,
    invites: `${home}/invites`,
    invite: (id: string) => `${home}/invites?invite=${id}`,
    sentInvites: `${home}/invites?panel=sent`,
    room: (roomId: string, panel?: string | null) => `${home}/rooms/${roomId}${panel ? `?panel=${panel}` : ""}`,
    /** A link to a message: it leads to where the message stands now. */
    message: (messageId: string) => `${home}/m/${messageId}`,
    /** A room with one of its threads beside it. */
    thread: (roomId: string, threadId: string) => `${home}/rooms/${roomId}?thread=${threadId}`,
    /** Where a message stands: in its room or, if only its thread shows it, there. It is shown and marked. */
    messageIn: (message: Standing) =>
      standsInThread(message)
        ? `${home}/rooms/${message.roomId}?thread=${message.threadId}&reply=${message.id}`
        : `${home}/rooms/${message.roomId}?message=${message.id}`,
    threads: `${home}/threads`,
    /** The page of threads, with one beside it. */
    listedThread: (roomId: string, threadId: string) => `${home}/threads?room=${roomId}&thread=${threadId}`,
    ask: (token: string) => `${home}/ask/${token}`,
    /** One file of a picture. It never changes, because another picture has another name. */
    picture: (of: PictureOf, subjectId: string, name: string, size: PictureSize) =>
      `${home}/pictures/${of}/${subjectId}/${name}-${size}.webp`,
    /** A step of the set-up after the first. Without a step: the first that is not done. */
    setup: (step?: "rooms" | "people") => `${home}/setup${step ? `?step=${step}` : ""}`,
    settings: `${home}/settings`,
    setting: (page: SettingsPageName) => `${home}/settings/${page}`,
    group: (groupId: string) => `${home}/settings/groups/${groupId}`,
    roomSettings: (roomId: string) => `${home}/settings/rooms/${roomId}`,
  };
}
export type Paths = ReturnType<typeof pathsOf>;

/** The handle in the address of an organization's page; null in any other address. */
export function handleIn(pathname: string): string | null {
  return /^\/o\/([^/?#]+)/.exec(pathname)?.[1] ?? null;
}
