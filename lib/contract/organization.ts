import { limits } from "./limits";
import { fields, Id, line, operation } from "./operation";
import { Email, Password, PersonName } from "./person";

export const setUp = operation("organization.setup", {
  summary: "First run: make the organization, its owner and its default rooms; afterwards never again",
  access: "public",
  input: fields({ organization: line(limits.name), name: PersonName, email: Email, password: Password }),
  output: fields({ organizationId: Id, personId: Id }),
  errors: ["gone"],
  limit: { points: 10, seconds: 60 },
});
