/** The size of a button among the selects above a table. Each "!" overrides the button's own size. */
export const filterSize = "px-[11px]! text-sm! max-md:text-touch! [&_svg]:size-3.5! [&_svg]:text-ink-faint";
