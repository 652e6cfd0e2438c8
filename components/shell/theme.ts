export type ThemeChoice = "system" | "light" | "dark";
export type ContrastChoice = "system" | "normal" | "more";
export type Theme = { theme: ThemeChoice; contrast: ContrastChoice };

/** localStorage: "<theme> <contrast>" as chosen on this device. */
export const themeKey = "parley.theme";

/** Runs in <head> before the first paint, with the page's nonce, so that a chosen theme never flashes. Without a choice it does nothing: the style sheet follows the system. */
export const themeScript = `try{var c=(localStorage.getItem("${themeKey}")||"").split(" "),d=document.documentElement.dataset;if(/^(light|dark)$/.test(c[0]))d.theme=c[0];if(/^(normal|more)$/.test(c[1]))d.contrast=c[1]}catch(e){}`;
