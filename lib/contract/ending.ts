/**
 * Why a session ended:
 * - `here`: the person signed out in this session.
 * - `elsewhere`: the person ended it from another session.
 * - `password`: the password was changed.
 * - `crowd`: the person had too many sessions, and this was the oldest session.
 * - `time`: it reached its maximum age.
 * - `unused`: it was not used for too long.
 * - `deactivated`: the person was deactivated.
 * - `left`: the person left the organization.
 * - `unknown`: an earlier version ended it without recording why.
 */
export type Ending =
  | "here"
  | "elsewhere"
  | "password"
  | "crowd"
  | "time"
  | "unused"
  | "deactivated"
  | "left"
  | "unknown";
