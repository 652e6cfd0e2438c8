import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. It does not decide between two that contradict each other: a part has a property for what may
 * differ (size, tone), or is told with a variant (md:) or a "!" where only one screen wants it otherwise.
 */
export function cn(...classes: ClassValue[]) {
  return clsx(classes);
}
