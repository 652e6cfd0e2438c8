/**
 * An event on `window`. `detail` is true when signing out starts and false if it fails. While signing out, the page does not
 * report that the session has ended.
 */
export const signingOutEvent = "parley:signing-out";
