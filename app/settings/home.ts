import { cache } from "react";
import { loadHome } from "@/lib/domain/home/load";

/** The home, loaded once per request for both the layout and the page. */
export const settingsHome = cache(loadHome);
