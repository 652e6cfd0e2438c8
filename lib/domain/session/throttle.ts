import { givePointsBack, takePoint } from "@/lib/server/rate-limit";

const name = "sign-in.account";
const perAccount = { points: 5, seconds: 60 };

/** Counts one try of a password for an e-mail, wherever it is tried and whether or not there is an account; throws `rate_limited`. */
export const takeTry = (email: string): Promise<void> => takePoint(name, email, perAccount);

/** The password was right: what was tried before is forgotten. */
export const giveTriesBack = (email: string): Promise<void> => givePointsBack(name, email, perAccount);
