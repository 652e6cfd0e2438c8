import { whoInWords } from "@/components/reactions/reaction-words";

/** After the number of people: how many of them are guests, as in ", 1 guest". */
export const guestsInWords = (count: number, isMore = false): string =>
  count === 0 ? "" : count === 1 ? ", 1 guest" : `, ${count.toLocaleString()}${isMore ? "+" : ""} guests`;

/** Such as "Kaya and Bo aren't". At most two are named. */
export const absentInWords = (names: readonly string[]): string =>
  `${whoInWords({ count: names.length, isMine: false }, names.slice(0, 2))} ${names.length === 1 ? "isn't" : "aren't"}`;
