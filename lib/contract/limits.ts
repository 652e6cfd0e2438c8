/** Limits that the server and the browser share. */
export const limits = {
  /** Characters of a message's Markdown source. */
  messageBody: 16_000,
  /** Characters of a draft. It can become several messages. */
  draft: 64_000,
  /** Drafts that one person may have. The home has all of them. */
  drafts: 200,
  /** Characters of a person's, organization's, group's or room's name. */
  name: 80,
  /** Characters of a person's handle. */
  handle: 32,
  /** Handles that stay reserved for someone who gave them up. */
  formerHandles: 5,
  topic: 250,
  /** Messages that are moved into a thread at once. */
  moved: 50,
  /** Characters of a thread's title. */
  threadTitle: 100,
  /** Characters of a person's title, pronouns and status. */
  title: 80,
  pronouns: 40,
  status: 80,
  description: 1_000,
  /** Characters of the note of a room invite, or of a request to join. */
  inviteNote: 500,
  /** Characters of one emoji. Some emoji consist of many. */
  emoji: 40,
  /** People, groups and words like `@here` that one message may mention. What comes after them stays text. */
  mentions: 50,
  /** A mention that reaches more people of a room than this needs the right to mention everyone. */
  mentionedPeople: 50,
  /** Different emoji among the reactions to one message. */
  reactionKinds: 20,
  /** People who are named with the count of a reaction. */
  reactionPeople: 5,
  /** Bytes of an uploaded picture. Base64 in a body makes it a third larger. */
  picture: 180 * 1024,
  /** Characters of a password. Hashing a password of megabytes would overload the server. */
  passwordMin: 10,
  passwordMax: 200,
  /** Messages in a page: the maximum and the default. */
  page: 100,
  pageDefault: 50,
  /**
   * Changes of one room in a `sync`. If there are more, the answer has none of them, and the browser loads the shown messages
   * again.
   */
  delta: 200,
  /** Bytes of messages in one answer or frame. The rest follows in the next one. The last message may exceed the limit. */
  answer: 512 * 1024,
  /** Characters of a room's latest message in the sidebar, and of a draft in lists. */
  preview: 300,
  /** Unread messages of a room that are counted. If there are more, the sidebar shows "99+". */
  unread: 100,
  /** Rooms in one `sync`. */
  syncRooms: 2_000,
  /** People requested by id in one call. */
  people: 200,
  /** Names and handles in one page. */
  names: 500,
  /** People who are added to a group or removed from it in one call. */
  groupSlice: 500,
  /** Bytes of a request's body. */
  body: 256 * 1024,
  /** Bytes of one packet that a client sends over the socket. A larger request goes over HTTP. */
  frame: 32 * 1024,
  /**
   * Milliseconds that a client waits for the answer to a request over the socket. Then it sends the request again. The server
   * does not execute the first request after this time.
   */
  requestMs: 10_000,
  /** Days until a room invite expires. */
  roomInviteDays: 30,
  /** Days between a refused request to join a room and the next request. */
  askAgainDays: 7,
  /** People of a direct room, besides the one who starts it. */
  directOthers: 8,
  /** Sections that a person may add to their sidebar. */
  sections: 50,
  /** Replies of a thread that are counted. If there are more, "999+" is shown. */
  replies: 1_000,
  /** The newest replies whose authors a room shows below the first message of a thread. */
  newestReplies: 100,
  /** Threads of one room that a person can follow at once: those that they followed last. */
  follows: 500,
  /** People whom one person may block. */
  blocks: 500,
  /** Messages requested by id in one call. */
  lookUp: 50,
  /** Pinned messages of one room. */
  pins: 50,
  /** Organizations that an account may own and still create another one. */
  ownedOrganizations: 50,
  /** Rooms that are named to a person before they leave their organization. */
  namedLosses: 100,
  /** Members that a room invite shows of its room. */
  inviteMembers: 12,
  /** Members of a room. Larger rooms get no typing events. */
  typingMembers: 100,
  /** Sockets of one person (tabs and devices) on one process. */
  sockets: 100,
} as const;
