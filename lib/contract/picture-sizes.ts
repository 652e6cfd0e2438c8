// This file must not import zod: the browser reads it without loading any schema.

/** The widths in pixels of the two files of a picture: for a list, and for a large one or a sharp screen. */
export const pictureSizes = [96, 256] as const;
export type PictureSize = (typeof pictureSizes)[number];

/** What a picture shows. */
export type PictureOf = "room" | "person";
