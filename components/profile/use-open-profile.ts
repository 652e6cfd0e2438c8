"use client";
import { openPlace, usePaths, useProfilePath } from "@/components/shell/place";

/** Returns a function that shows a person's profile. From the settings, it loads the chat as a new page. */
export function useOpenProfile(): (personId: string) => void {
  const paths = usePaths();
  const pathTo = useProfilePath();
  return (personId) => {
    if (location.pathname.startsWith(paths.settings)) location.assign(paths.profile(personId));
    else openPlace(pathTo(personId));
  };
}
