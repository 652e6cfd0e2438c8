import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toFailure } from "./app-error";
import { isUnavailable } from "./database-error";

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
    withCode("EAI_AGAIN", "getaddrinfo EAI_AGAIN postgres"),
    withCode("ENETUNREACH", "connect ENETUNREACH 10.0.0.1:5432"),
    ...["P1001", "P1002", "P1008", "P2024", "P2028", "P2037"].map((code) => withCode(code)),
    Object.assign(withCode("P2010"), { meta: { driverAdapterError: { cause: { kind: "DatabaseNotReachable" } } } }),
    Object.assign(withCode("P2010"), { meta: { driverAdapterError: { cause: { kind: "SocketTimeout" } } } }),
    new Error("a pull failed", { cause: withCode("ECONNREFUSED") }),
  ])("is busy, not a defect: %s", (error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it("is busy after the last retry of a transaction that conflicts with others", () => {
    expect(toFailure(withCode("P2034"), "id")).toMatchObject({ code: "busy", retryAfterMs: 1_000 });
  });

  it("is meant by every text of the driver that is not about our own use of it", () => {
    const ownDefects =
      /already been connected|either text or a name|must be unique|must be an array|circular reference|already been released|unexpected condition|as the first parameter|end on pool more than once|not supported in pipeline mode|direct requires SSL|Invalid sslnegotiation/;
    const files = readdirSync("node_modules/pg/lib").map((name) => `node_modules/pg/lib/${name}`);
    const sources = [...files.filter((name) => name.endsWith(".js")), "node_modules/pg-pool/index.js"];
    const texts = sources
      .flatMap((name) => [...readFileSync(name, "utf8").matchAll(/new Error\(\s*(['"`])(.+?)\1/g)])
      .map(([, , text = ""]) => text);
    expect(texts).toContain("Query read timeout");
    expect(texts.filter((text) => !ownDefects.test(text) && !isUnavailable(new Error(text)))).toEqual([]);
  });

  it.each([
    new TypeError("Cannot read properties of undefined"),
    withCode("23503", "violates foreign key constraint"),
    withCode("P2010", "Raw query failed. Code: `42601`. Message: `syntax error`"),
  ])("does not hide a defect: %s", (error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});
