import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, line } from "./operation";
import { OrganizationHandle } from "./organization-handle";
import { PictureName } from "./picture";

/** Hours without use after which a session ends: from one hour to ninety days. */
const Hours = z.int().min(1, "At least one hour.").max(2_160, "At most 90 days.");

/**
 * What owners and admins decide for the whole organization. A room can override the settings for topics, adding people, pinning and
 * mentioning everyone.
 */
export const OrganizationSettings = fields({
  membersCreateRooms: z.boolean(),
  /** Whether members may change the topic of a room that they are in. */
  membersSetTopic: z.boolean(),
  /** Whether members may add people to a room that they are in. */
  membersAddPeople: z.boolean(),
  /** Whether members may pin messages in a room that they are in. */
  membersPin: z.boolean(),
  /** Whether members may mention everyone in a room of fewer than 50 people that they are in. */
  membersMentionEveryone: z.boolean(),
  /** Whether members may invite people to the organization. */
  membersInvite: z.boolean(),
  /** Whether admins of a room may delete it. Owners and admins of the organization always may. */
  roomAdminsDelete: z.boolean(),
  /** Hours without use after which a session ends. */
  idleHours: Hours,
  /** Hours without use after which a session of an owner or admin ends. */
  adminIdleHours: Hours,
});
export type OrganizationSettings = z.infer<typeof OrganizationSettings>;

export const OrganizationName = line(limits.name);

/** An organization as everyone in it sees it. */
export const Organization = fields({
  id: Id,
  name: z.string(),
  handle: OrganizationHandle,
  /** The name of its icon's files (see `organization.showPicture`). */
  picture: PictureName.nullable(),
  ...OrganizationSettings.shape,
  /** The tick of its latest change. Of two states, the one with the greater tick is newer. */
  tick: z.int(),
});
export type Organization = z.infer<typeof Organization>;
