import { expect, it } from "vitest";
import { queryWithProfile } from "./place";

it.each([
  ["panel=members", null, ""],
  ["profile=ada", null, ""],
  ["thread=lamp&reply=where", null, ""],
  ["room=general&thread=lamp", null, ""],
  // The thread was under the profile.
  ["thread=lamp&profile=ada", null, "thread=lamp"],
  ["panel=members&message=where", "ada", "profile=ada"],
  ["thread=lamp", "ada", "thread=lamp&profile=ada"],
  ["thread=lamp&profile=ada", "bo", "thread=lamp&profile=bo"],
])("From ?%s, the address with the profile of %s has ?%s", (search, personId, expected) => {
  expect(queryWithProfile(new URLSearchParams(search), personId).toString()).toBe(expected);
});
