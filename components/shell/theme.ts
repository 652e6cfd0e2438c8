export type ThemeChoice = "system" | "light" | "dark";
export type ContrastChoice = "system" | "normal" | "more";
export type Theme = { theme: ThemeChoice; contrast: ContrastChoice };

/** The localStorage key of the choice on this device. Its value is "<theme> <contrast>", such as "dark normal". */
export const themeKey = "parley.theme";

/**
 * A script in <head>, with the page's nonce. It runs before the first paint, so that the page never flashes in another theme.
 * Without a stored choice it does nothing, and the style sheet follows the system.
 */
export const themeScript = `try{var c=(localStorage.getItem("${themeKey}")||"").split(" "),d=document.documentElement.dataset;if(/^(light|dark)$/.test(c[0]))d.theme=c[0];if(/^(normal|more)$/.test(c[1]))d.contrast=c[1]}catch(e){}`;
