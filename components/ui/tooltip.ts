type TooltipOptions = { /** As in <Shortcut>: "mod+k". */ shortcut?: string };

/** Gives an element a tooltip: spread it over a button. It says what a control does; never the only place where something is said. */
export function tooltip(text: string, { shortcut }: TooltipOptions = {}) {
  return { "data-tooltip": text, "data-shortcut": shortcut };
}
