import { z } from "zod";
import { limits } from "./limits";
import { isMentionWord } from "./mention-words";
import { fields, Id, line, Nothing, operation, searchText } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";

export const Group = fields({
  id: Id,
  name: z.string(),
  handle: z.string(),
  memberCount: z.int(),
  /** How many rooms are open to the group. Null for callers who may not manage groups: rooms can be hidden from them. */
  roomCount: z.int().nullable(),
});
export type Group = z.infer<typeof Group>;

const GroupName = line(limits.name).refine(
  (name) => !isMentionWord(name),
  "With an @ before it, this word means people of a room. Choose another name.",
);
/** A group's people are changed in batches of at most this many, each in one transaction. */
const PersonIds = z.array(Id).min(1).max(limits.groupSlice);

export const listGroups = operation({
  name: "group.list",
  http: "GET /api/groups",
  summary:
    "List the organization's groups, by name; with a query, matches by name or handle, best first; or look them up by id",
  input: fields({
    query: searchText(100).optional(),
    ids: z.array(Id).max(20).optional(),
    /** Only the groups that the caller is in. */
    among: z.enum(["mine"]).optional(),
    ...page({ maxLimit: 100, defaultLimit: 50 }),
  }),
  output: fields({ groups: z.array(Group), ...nextPage }),
});

/** A restricted room that is open to a group. `otherGroups` are the names of the other groups it is open to. */
export const GroupRoom = fields({
  id: Id,
  name: z.string(),
  memberCount: z.int(),
  otherGroups: z.array(z.string()),
});
export type GroupRoom = z.infer<typeof GroupRoom>;

export const showGroup = operation({
  name: "group.show",
  http: "GET /api/groups/{groupId}",
  summary: "Show a group and the rooms that are open to it",
  input: fields({ groupId: Id }),
  output: fields({ group: Group, rooms: z.array(GroupRoom) }),
  errors: ["not_found", "forbidden"],
});

export const createGroup = operation({
  name: "group.create",
  http: "POST /api/groups",
  repeat: "intent",
  audit: "group",
  summary: "Create a group of people, to which restricted rooms can be opened",
  input: fields({ name: GroupName }),
  output: Group,
  errors: ["forbidden", "conflict"],
  emits: ["organization"],
  limit: { points: 30, seconds: 60 },
});

export const renameGroup = operation({
  name: "group.rename",
  http: "PATCH /api/groups/{groupId}",
  repeat: "intent",
  audit: "group",
  summary: "Rename a group; its handle stays",
  input: fields({ groupId: Id, name: GroupName }),
  output: Group,
  errors: ["not_found", "forbidden", "conflict"],
  emits: ["organization"],
  limit: { points: 30, seconds: 60 },
});

export const deleteGroup = operation({
  name: "group.delete",
  http: "DELETE /api/groups/{groupId}",
  repeat: "intent",
  audit: "group",
  summary:
    "Delete a group. Who joined a room through it, and through no other group, leaves the room. A room that was open only to " +
    "it becomes private and keeps its members",
  input: fields({ groupId: Id }),
  output: Nothing,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me", "organization"],
  limit: { points: 30, seconds: 60 },
});

export const listGroupMembers = operation({
  name: "group.members",
  http: "GET /api/groups/{groupId}/members",
  summary: "List the people in a group, by name; with a query, matches by name or handle, best first",
  input: fields({
    groupId: Id,
    query: searchText(100).optional(),
    ...page({ maxLimit: limits.people, defaultLimit: 50 }),
  }),
  output: fields({ people: z.array(Person), ...nextPage, total: z.int() }),
  errors: ["not_found", "forbidden"],
});

export const addGroupMembers = operation({
  name: "group.addMembers",
  http: "POST /api/groups/{groupId}/members",
  repeat: "intent",
  audit: "group",
  summary: "Add people to a group. They can then find and join the rooms that are open to it; guests can't be added",
  input: fields({ groupId: Id, personIds: PersonIds }),
  output: Group,
  errors: ["not_found", "forbidden"],
  emits: ["me", "organization"],
  limit: { points: 60, seconds: 60 },
});

export const removeGroupMembers = operation({
  name: "group.removeMembers",
  http: "POST /api/groups/{groupId}/members/remove",
  repeat: "intent",
  audit: "group",
  summary: "Remove people from a group. Who joined a room through it, and through no other group, leaves the room",
  input: fields({ groupId: Id, personIds: PersonIds }),
  output: Group,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me", "organization"],
  limit: { points: 60, seconds: 60 },
});

/** A room that is open to a group, and the effect on the room when people leave the group. */
export const GroupLoss = fields({
  id: Id,
  name: z.string(),
  /** How many of these people would leave the room, because they joined it through the group. */
  losing: z.int(),
  /** How many of these people could still join the room, through another group or their role. */
  keeping: z.int(),
  /** The names of the other groups that open the room to one of these people. */
  otherGroups: z.array(z.string()),
});
export type GroupLoss = z.infer<typeof GroupLoss>;

export const showGroupLosses = operation({
  name: "group.losses",
  http: "GET /api/groups/{groupId}/losses",
  summary: "Show which rooms people would leave if they were removed from a group; without people, if it were deleted",
  input: fields({ groupId: Id, personIds: z.array(Id).max(limits.people).optional() }),
  output: fields({ rooms: z.array(GroupLoss) }),
  errors: ["not_found", "forbidden"],
});
