type TooltipOptions = { /** The format of <Shortcut>, such as "mod+k". */ shortcut?: string };

/** Props that give an element a tooltip. Never put information only into a tooltip, because phones do not show it. */
export function tooltip(text: string, { shortcut }: TooltipOptions = {}) {
  return { "data-tooltip": text, "data-shortcut": shortcut };
}
