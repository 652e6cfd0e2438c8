import type { RoomAvatar } from "@/lib/contract/picture";
import { pictureSizes, type PictureSize } from "@/lib/contract/picture-sizes";
import { type EncodedPicture, encodePicture } from "@/lib/server/encode-picture";
import type { Announce } from "@/lib/server/handler";
import { storage } from "@/lib/server/storage";

/** The storage name of one file of a picture. */
export const pictureFile = (organizationId: string, name: string, size: PictureSize): string =>
  `${organizationId}/${name}-${size}.webp`;

/** Encodes the avatar's picture. Null if the avatar is not a picture. `personId` is the sender. */
export const prepareAvatar = async (avatar: RoomAvatar, personId: string): Promise<EncodedPicture | null> =>
  avatar.type === "picture" ? encodePicture(avatar.picture, "avatar.picture", personId) : null;

/** Stores the new picture of a room or person, and removes the previous picture after the commit. Returns the new name. */
export async function replacePicture(
  announce: Announce,
  organizationId: string,
  { before, after }: { before: string | null; after: EncodedPicture | null },
): Promise<string | null> {
  if (after) {
    const put = (size: PictureSize, at: number) =>
      storage().put(pictureFile(organizationId, after.name, size), after.files[at] as Uint8Array);
    await Promise.all(pictureSizes.map(put));
  }
  if (before) announce.after(() => removePicture(organizationId, before));
  return after?.name ?? null;
}

/** Removes the files of a picture that no row refers to any longer. */
export async function removePicture(organizationId: string, name: string): Promise<void> {
  await Promise.all(pictureSizes.map((size) => storage().remove(pictureFile(organizationId, name, size))));
}
