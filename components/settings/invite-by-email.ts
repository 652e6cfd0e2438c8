import { api } from "@/lib/client/api";
import { CallError, toCallError } from "@/lib/client/call-error";
import type { Input, Output } from "@/lib/contract/index";
import { Email } from "@/lib/contract/person";

type Terms = Omit<Input<"invite.createForEmail">, "email">;
type Sent = Output<"invite.send">;

/** How many addresses can be invited at once. */
export const maxAddresses = 20;

/** The addresses in a text, without duplicates. They are separated by commas, semicolons or white space. */
export const addressesIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

const refusal = (email: string) => new CallError({ code: "invalid_input", message: email, fields: { email } });

/** The reason why a text is not a valid list of addresses. Null if it is valid. */
export function addressProblem(text: string): string | null {
  const addresses = addressesIn(text);
  if (addresses.length === 0) return "This field is required.";
  if (addresses.length > maxAddresses) return `At most ${maxAddresses} at once. These are ${addresses.length}.`;
  const wrong = addresses.filter((address) => !Email.safeParse(address).success);
  if (wrong.length === 0) return null;
  if (addresses.length === 1) return "Enter a valid email address.";
  return `${wrong.length === 1 ? "Not a valid email address" : "Not valid email addresses"}: ${wrong.join(", ")}.`;
}

/**
 * Sends an invite to each address in a text. Sends none if any address is invalid. `refused` has the addresses that the server
 * refused, with the reason.
 */
export async function inviteByEmail(
  terms: Terms,
  text: string,
): Promise<{ accepted: Sent[]; refused: { addresses: string[]; error: CallError } | null }> {
  const problem = addressProblem(text);
  if (problem) throw refusal(problem);
  const addresses = addressesIn(text);
  const accepted: Sent[] = [];
  const failures: { address: string; error: CallError }[] = [];
  for (const address of addresses) {
    try {
      accepted.push(await createAndSend({ ...terms, email: address }));
    } catch (thrown) {
      failures.push({ address, error: toCallError(thrown) });
    }
  }
  const [first] = failures;
  if (!first) return { accepted, refused: null };
  const refused = failures.map(({ address }) => address);
  const reason = first.error.fields?.email ?? first.error.message;
  // With one address, the server's error message is enough.
  if (addresses.length === 1) return { accepted, refused: { addresses: refused, error: first.error } };
  return {
    accepted,
    refused: { addresses: refused, error: refusal(`Not sent to ${refused.join(", ")}. ${reason}`) },
  };
}

/** Creates an invite for an address and sends it. Revokes the invite if sending fails, because the person will try again. */
async function createAndSend(input: Input<"invite.createForEmail">): Promise<Sent> {
  const { id: inviteId } = await api("invite.createForEmail", input);
  try {
    return await api("invite.send", { inviteId });
  } catch (error) {
    await api("invite.revoke", { inviteId }).catch(() => {});
    throw error;
  }
}
