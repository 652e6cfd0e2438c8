import { z } from "zod";
import { optionalRooms } from "./default-rooms";
import { fields, Id, operation } from "./operation";
import { OrganizationHandle } from "./organization-handle";
import { Organization, OrganizationName, OrganizationSettings } from "./organization-settings";
import { PictureData, PictureName } from "./picture";
import { Email, Password, PersonName } from "./person";
import { RoomEntry, RoomName } from "./room";

const optionalNames = optionalRooms.map(({ name }) => name);

export const setUp = operation({
  name: "organization.setup",
  http: "POST /api/setup",
  // A retry fails with `gone`. Without a session, no intent can be stored.
  repeat: "never",
  audit: null,
  summary: "First run: create the organization, its owner and its default rooms; works only once",
  access: "public",
  input: fields({
    organization: OrganizationName,
    name: PersonName,
    email: Email,
    password: Password,
    /** The default rooms to create besides General. */
    rooms: z.array(z.enum(optionalNames)).max(optionalNames.length).default(optionalNames),
    /** The code that `npm start` prints. It is required if a stranger could reach the setup first. */
    code: z
      .string()
      .regex(/^[0-9a-z -]{1,40}$/i, "That code isn't right.")
      .optional(),
  }),
  output: fields({ organizationId: Id, personId: Id, handle: OrganizationHandle }),
  errors: ["forbidden", "gone"],
  limit: { points: 10, seconds: 60 },
});

export const addRooms = operation({
  name: "organization.addRooms",
  http: "POST /api/setup/rooms",
  repeat: "intent",
  audit: "room",
  summary: "Create the organization's first rooms; rooms that already exist stay as they are",
  input: fields({
    /** The name of a default room creates that room and its group, if it has one. Any other name creates a public room. */
    rooms: z.array(fields({ name: RoomName })).max(20),
  }),
  /** The rooms that this call created. */
  output: fields({ rooms: z.array(RoomEntry) }),
  errors: ["forbidden", "conflict"],
  emits: ["me"],
  limit: { points: 10, seconds: 60 },
});

export const updateOrganization = operation({
  name: "organization.update",
  http: "PATCH /api/organization",
  repeat: "intent",
  audit: "organization",
  summary: "Change the organization's name and settings: the given fields, all or none; the others stay",
  input: fields({ name: OrganizationName.optional(), ...OrganizationSettings.partial().shape }),
  output: Organization,
  errors: ["forbidden"],
  emits: ["organization"],
  limit: { points: 30, seconds: 60 },
});

export const setOrganizationPicture = operation({
  name: "organization.setPicture",
  http: "PUT /api/organization/picture",
  repeat: "intent",
  audit: "organization",
  summary: "Set the organization's icon, or remove it with null",
  input: fields({ picture: PictureData.nullable() }),
  output: Organization,
  errors: ["forbidden"],
  emits: ["organization"],
  limit: { points: 20, seconds: 60 },
});

/**
 * Needs no session, because the sign-in page and invites show the icon. The icon's name cannot be guessed. A person who has the
 * name may see the icon.
 */
export const showOrganizationPicture = operation({
  name: "organization.showPicture",
  http: "GET /api/icons/{picture}",
  summary:
    "Get whose icon this is, by the name of its files. They are at `/icons/{name}-96.webp` and `-256.webp`, for everyone who knows the name",
  access: "public",
  input: fields({ picture: PictureName }),
  output: fields({ organizationId: Id }),
  errors: ["not_found"],
  limit: { points: 600, seconds: 10 },
});
