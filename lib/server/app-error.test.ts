import { describe, expect, it } from "vitest";
import { isUnavailable } from "./app-error";

const withCode = (code: string, message = "") => Object.assign(new Error(message), { code });

describe("a database that is away or has no room", () => {
  it.each([
    withCode("ECONNRESET", "read ECONNRESET"),
    withCode("57P01", "terminating connection due to administrator command"),
    withCode("53100", 'could not extend file "base/16384/16511": No space left on device'),
    new Error("Client has encountered a connection error and is not queryable"),
    new Error("Connection terminated unexpectedly"),
    new Error("ConnectionClosed"),
    withCode("P2010", "Raw query failed. Code: `57P03`. Message: `the database system is starting up`"),
    Object.assign(withCode("P2039"), { meta: { driverAdapterError: { cause: { originalCode: "53100" } } } }),
    withCode("P2010", "Raw query failed. Code: `N/A`. Message: `Server has closed the connection.`"),
    new Error("Query read timeout"),
    withCode("P2010", "Raw query failed. Code: `N/A`. Message: `write EPIPE`"),
    new Error("This socket has been ended by the other party"),
  ])("is busy, not a defect: %s", (error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    new TypeError("Cannot read properties of undefined"),
    withCode("23503", "violates foreign key constraint"),
    withCode("P2010", "Raw query failed. Code: `42601`. Message: `syntax error`"),
  ])("does not hide a defect: %s", (error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});
