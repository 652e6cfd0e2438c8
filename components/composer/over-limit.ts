/** Such as "12 characters over the limit." */
export const overLimitSentence = (count: number): string =>
  count === 1 ? "1 character over the limit." : `${count.toLocaleString()} characters over the limit.`;
