/**
 * The form in which the server stores an emoji of the picker: without the variation sign after a character that is an emoji by itself.
 * It needs no list of emoji, so browsers use it.
 */
export const qualify = (emoji: string): string => emoji.replace(/(\p{Emoji_Presentation})\uFE0F/gu, "$1");
