import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, line, operation } from "./operation";
import { Email, Password, PersonName } from "./person";

export const setUp = operation("organization.setup", {
  summary: "First run: make the organization, its owner and its default rooms; afterwards never again",
  access: "public",
  input: fields({
    organization: line(limits.name),
    name: PersonName,
    email: Email,
    password: Password,
    /** Asked for wherever somebody else could come first; the start prints it. */
    code: z
      .string()
      .regex(/^[0-9a-z -]{1,40}$/i, "That is not the code.")
      .optional(),
  }),
  output: fields({ organizationId: Id, personId: Id }),
  errors: ["forbidden", "gone"],
  limit: { points: 10, seconds: 60 },
});
