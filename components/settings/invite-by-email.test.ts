import { expect, it } from "vitest";
import { addressesIn, addressProblem, maxAddresses } from "./invite-by-email";

it("Addresses are separated by commas, semicolons, spaces and lines, and count once", () => {
  expect(addressesIn(" a@x.org, b@x.org;c@x.org\n\ta@x.org ")).toEqual(["a@x.org", "b@x.org", "c@x.org"]);
  expect(addressesIn(" ,\n")).toEqual([]);
});

it("A text with something else than addresses names what is wrong", () => {
  expect(addressProblem("a@x.org b@x.org")).toBeNull();
  expect(addressProblem(" ")).toBe("This field is required.");
  expect(addressProblem("nobody")).toBe("Enter a valid email address.");
  expect(addressProblem("a@x.org nobody")).toBe("Not a valid email address: nobody.");
  expect(addressProblem("a@x.org nobody @y")).toBe("Not valid email addresses: nobody, @y.");
  const many = Array.from({ length: maxAddresses + 1 }, (_, n) => `a${n}@x.org`).join(" ");
  expect(addressProblem(many)).toBe("At most 20 at once. These are 21.");
});
