/** Sizes that server and browser must agree on. */
export const limits = {
  /** Characters of a message's Markdown source. */
  messageBody: 16_000,
  /** Characters of a person's, organization's, group's or room's name. */
  name: 80,
  topic: 250,
  description: 1_000,
  /** Characters of a password. The upper bound keeps argon2 from being fed megabytes. */
  passwordMin: 10,
  passwordMax: 200,
  /** Messages in a page, at most and unless told. */
  page: 100,
  pageDefault: 50,
  /** Changes of a room that a catch-up carries; beyond it the browser starts the room over. */
  delta: 200,
  /** Bytes of messages in one answer or frame; what is more is told in the next. The last message may go beyond it. */
  answer: 512 * 1024,
  /** Characters of a room's latest message that the sidebar is told. */
  preview: 300,
  /** Unread messages of a room that are told one by one; beyond it "99+". */
  unread: 100,
  /** Rooms in one `sync`. */
  syncRooms: 2_000,
  /** People asked for by id in one call. */
  people: 200,
  /** Bytes of a request's body. */
  body: 256 * 1024,
  /** Bytes of one packet from a client; what is larger goes over HTTP. */
  frame: 32 * 1024,
  /** Rooms larger than this hear no typing. */
  typingMembers: 100,
  /** Sockets of one person on one process: tabs and devices. */
  sockets: 100,
} as const;
