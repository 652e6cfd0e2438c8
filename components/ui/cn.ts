import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. Does not resolve conflicts between classes. Give a component a property for what varies, such as size or
 * tone. To override one class on one screen, use a variant (md:) or a "!".
 */
export function cn(...classes: ClassValue[]) {
  return clsx(classes);
}
