import { cache } from "react";
import { loadHome } from "@/lib/domain/home/load";

/** Layout and page of one request ask once. */
export const settingsHome = cache(loadHome);
