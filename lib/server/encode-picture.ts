import { createHash, randomBytes } from "node:crypto";
import sharp from "sharp";
import { pictureSizes } from "@/lib/contract/picture-sizes";
import { AppError } from "./app-error";
import { env } from "./env";
import { once } from "./once";
import { makeTurns } from "./turns";

/** A picture as it is stored. */
export interface EncodedPicture {
  /** `PictureName` of the contract. */
  name: string;
  /** The WebP for each of `pictureSizes`. */
  files: Uint8Array[];
}

/** A small file can need gigabytes of memory once it is decoded. A picture of this size needs 64 MB. */
const maxPixels = 16_000_000;
const maxSeconds = 10;
/**
 * The formats that people may upload, by the names of libvips' loaders. Other formats, such as SVG and PDF, can contain programs.
 */
const loaders = ["Png", "Jpeg", "Webp", "Nsgif"].map((format) => `VipsForeignLoad${format}Buffer`);

const encoder = () =>
  once("picture-encoder", () => {
    const { limitFactor } = env();
    sharp.block({ operation: ["VipsForeignLoad"] });
    sharp.unblock({ operation: loaders });
    sharp.cache(false);
    return makeTurns({ maxConcurrent: 1, maxWaitingPerKey: 4 * limitFactor, maxWaiting: 32 * limitFactor });
  });

/**
 * Decodes an uploaded picture and encodes its middle square again. Nothing else of the upload is kept: no metadata, such as the
 * place or the camera, and no data that is not part of the picture. Throws `invalid_input` for `field` if the upload cannot be
 * decoded. Encodes one upload at a time. `key` is the uploader.
 */
export async function encodePicture(base64: string, field: string, key: string): Promise<EncodedPicture> {
  const endTurn = await encoder().take({ key });
  try {
    const upload = Buffer.from(base64, "base64");
    const files = await Promise.all(pictureSizes.map((size) => encodeSquare(upload, size)));
    const hash = createHash("sha256");
    for (const file of files) hash.update(file);
    return { name: `${hash.digest("hex")}-${randomBytes(6).toString("hex")}`, files };
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit/i.test(error.message);
    throw new AppError("invalid_input", undefined, {
      [field]: isTooLarge
        ? "This picture has too many pixels. Choose a smaller one."
        : "This isn't a picture that can be read. Choose a PNG, JPEG, WebP or GIF.",
    });
  } finally {
    endTurn();
  }
}

/** By default, sharp drops metadata and reads only the first picture of an animation. */
function encodeSquare(upload: Buffer, size: number): Promise<Buffer> {
  return sharp(upload, { limitInputPixels: maxPixels, failOn: "error" })
    .autoOrient()
    .resize(size, size, { fit: "cover" })
    .webp({ quality: 82 })
    .timeout({ seconds: maxSeconds })
    .toBuffer();
}
