/** The size of a picture in pixels. */
export interface Size {
  width: number;
  height: number;
}

/**
 * A square of a picture. `x` and `y` are its middle, as fractions of the picture's width and height. A `zoom` of 1 is the largest
 * possible square.
 */
export interface Crop {
  x: number;
  y: number;
  zoom: number;
}

export const wholeCrop: Crop = { x: 0.5, y: 0.5, zoom: 1 };
export const maxZoom = 4;

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max);

/** The square in px of the picture. */
export function squareOf({ width, height }: Size, { x, y, zoom }: Crop): { left: number; top: number; side: number } {
  const side = Math.min(width, height) / zoom;
  return { left: x * width - side / 2, top: y * height - side / 2, side };
}

/** Moves the square by fractions of its own side and changes its zoom. The square never leaves the picture. */
export function changeCrop(size: Size, crop: Crop, change: { dx?: number; dy?: number; zoom?: number }): Crop {
  const zoom = clamp(change.zoom ?? crop.zoom, 1, maxZoom);
  const along = (middle: number, shift: number, length: number) => {
    const half = Math.min(size.width, size.height) / zoom / length / 2;
    return clamp(middle + shift * half * 2, half, 1 - half);
  };
  return {
    x: along(crop.x, change.dx ?? 0, size.width),
    y: along(crop.y, change.dy ?? 0, size.height),
    zoom,
  };
}
