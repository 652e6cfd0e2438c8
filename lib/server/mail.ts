import { createTransport } from "nodemailer";
import { AppError } from "./app-error";
import { env } from "./env";
import { log } from "./log";

/** An email in two forms with the same content. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** How long each step of a delivery may take, in ms. Short, because a person waits for the delivery. */
const patience = { connectionTimeout: "4000", greetingTimeout: "4000", socketTimeout: "8000" };

/** Whether Parley has a mail server. */
export const canMail = (): boolean => env().smtpUrl !== null;

/** Resolves once the mail server has accepted the email. Throws `busy` if it did not. */
export async function sendMail(mail: Mail): Promise<void> {
  const url = new URL(env().smtpUrl ?? "");
  for (const [name, ms] of Object.entries(patience)) url.searchParams.set(name, ms);
  const transport = createTransport(url.href);
  try {
    await transport.sendMail({ from: env().smtpFrom, ...mail });
  } catch (error) {
    // The error's text can quote the recipient's address, so only its codes are logged.
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    log().warn({ code, responseCode }, "the mail server did not take an email");
    throw new AppError("busy", "The mail server didn't take the email. Check the address, or try again later.");
  } finally {
    transport.close();
  }
}

/** Escapes text for HTML. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
