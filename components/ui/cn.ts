import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. It does not resolve conflicts between classes: give a component a property for what may differ
 * (size, tone), or override it on one screen with a variant (md:) or a "!".
 */
export function cn(...classes: ClassValue[]) {
  return clsx(classes);
}
