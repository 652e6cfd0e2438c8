import { limits } from "@/lib/contract/limits";
import { type Crop, squareOf, wholeCrop } from "./crop";

/** A picture that was chosen on this device, and the square of it that will be uploaded. */
export interface ChosenPicture {
  image: HTMLImageElement;
  crop: Crop;
}

/** Opens a file as a picture. Rejects if the browser cannot show it. */
export async function openPicture(file: File): Promise<ChosenPicture> {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  return { image, crop: wholeCrop };
}

export function closePicture({ image }: ChosenPicture): void {
  URL.revokeObjectURL(image.src);
}

/** The side of the uploaded square, in px. */
const uploadedSide = 512;
/** The formats to try, in order. Some browsers cannot write WebP. JPEG has no transparency, but is always small enough. */
const formats = ["image/webp", "image/png", "image/jpeg"];

/** Encodes the chosen square as base64. */
export async function encodeSquare({ image, crop }: ChosenPicture): Promise<string> {
  const { left, top, side } = squareOf({ width: image.naturalWidth, height: image.naturalHeight }, crop);
  const canvas = document.createElement("canvas");
  canvas.width = uploadedSide;
  canvas.height = uploadedSide;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser has no canvas.");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, left, top, side, side, 0, 0, uploadedSide, uploadedSide);
  for (const type of formats) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.9));
    if (blob?.type === type && blob.size <= limits.picture) return toBase64(blob);
  }
  throw new Error("No format makes this picture small enough.");
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
