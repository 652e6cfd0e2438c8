import { randomBytes } from "node:crypto";

/** A picture that nobody else sends. What follows the end of a PNG is ignored. */
export const aPicture = () => Buffer.concat([Buffer.from(onePixel, "base64"), randomBytes(6)]).toString("base64");
const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWM4wSUHAAKOAPH8R984AAAAAElFTkSuQmCC";
