import { describe, expect, it } from "vitest";
import { hostToShow } from "./link-host";

const evil = "https://evil.example/x";

describe("a link whose text claims another address shows its real host", () => {
  it.each([
    ["paypal.ru", evil, "evil.example"],
    ["https://paypal.com", evil, "evil.example"],
    ["HTTPS:\\\\paypal.com", evil, "evil.example"],
    ["https:paypal.com", evil, "evil.example"],
    ["//paypal.com/in", evil, "evil.example"],
    ["www.paypal.com", evil, "evil.example"],
    ["Sign in at paypal.com, please", evil, "evil.example"],
    ["evil.example or paypal.com", evil, "evil.example"],
    ["(paypal.com)", evil, "evil.example"],
    ["“paypal.com”", evil, "evil.example"],
    ["«paypal.com»", evil, "evil.example"],
    ["paypal.com’s", evil, "evil.example"],
    ["paypal.com\u2044login", evil, "evil.example"],
    ["paypal.com\u2215login", evil, "evil.example"],
    ["paypal.com*", evil, "evil.example"],
    ["paypal.com-", evil, "evil.example"],
    ["paypal.com&x", evil, "evil.example"],
    ["[paypal.com]", evil, "evil.example"],
    ["192.168.1.1\u2044x", evil, "evil.example"],
    ["paypal.com.", evil, "evil.example"],
    ["paypal.com/in?next=1", evil, "evil.example"],
    ["docs.example.com", "https://example.com", "example.com"],
    ["support@paypal.com", evil, "evil.example"],
    // IP addresses, however they are written.
    ["10.0.0.1", evil, "evil.example"],
    ["[::1]", evil, "evil.example"],
    ["http://2130706433/", evil, "evil.example"],
    ["0x7f.0.0.1", evil, "evil.example"],
    ["paypal.com", "https://93.184.216.34/", "93.184.216.34"],
    ["paypal.com", "https://1572395042/", "93.184.216.34"],
    // Dots and letters that browsers normalize.
    ["paypal\u3002com", evil, "evil.example"],
    ["paypal\uFF0Ecom", evil, "evil.example"],
    ["paypal\uFF61com", evil, "evil.example"],
    ["ｐａｙｐａｌ.ｃｏｍ", evil, "evil.example"],
    ["https://p%61ypal.com", evil, "evil.example"],
    ["paypal.com", "https://%65vil.example/", "evil.example"],
    ["xn--e1awd7f.com", evil, "evil.example"],
    // Userinfo.
    ["https://paypal.com@evil.example", "https://paypal.com@evil.example", "evil.example"],
    ["sign in", "https://paypal.com@evil.example", "evil.example"],
    ["sign in", "https://paypal.com:443@evil.example", "evil.example"],
    ["https://paypal.com%2F@evil.example/", "https://evil.example/", "evil.example"],
    // Ports and schemes.
    ["example.com", "https://example.com:8443/", "example.com:8443"],
    ["example.com:8443", "https://example.com/", "example.com"],
    ["https://example.com", "http://example.com/", "http://example.com"],
    ["https://example.com", "http://evil.example/", "http://evil.example"],
    // Mail.
    ["bob@example.com", "mailto:eve@example.com", "eve@example.com"],
    ["bob@example.com", "mailto:bob@evil.example", "bob@evil.example"],
    ["paypal.com", "mailto:x@evil.example", "x@evil.example"],
    // Longer than the longest text that is searched.
    ["a ".repeat(1_100), evil, "evil.example"],
  ])("%s to %s", (text, href, host) => expect(hostToShow(text, href)).toBe(host));
});

describe("a look-alike name is shown in punycode", () => {
  it.each([
    ["https://аpple.com", "xn--pple-43d.com"], // one Cyrillic letter
    ["аpple.com", "xn--pple-43d.com"],
    ["https://аррӏе.com/", "xn--80ak6aa92e.com"], // only Cyrillic letters
    ["https://οκ.com/", "xn--vxaj.com"], // only Greek letters
    ["https://payраl.com/", "xn--payl-73d9g.com"],
    ["https://пοчта.com/", "xn--0xa0uobny.com"], // Cyrillic and Greek
    ["https://shop.аpple.com:8443/", "shop.xn--pple-43d.com:8443"],
  ])("%s", (text, host) => {
    const href = text.startsWith("http") ? text : `https://${text}`;
    expect(hostToShow(text, href)).toBe(new URL(href).host);
    expect(new URL(href).host).toBe(host);
  });
});

describe("a link whose text names its real host shows no host", () => {
  it.each([
    ["example.com", "https://example.com/a/b"],
    ["https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
    ["http://example.com", "http://example.com"],
    ["http://example.com", "https://example.com"],
    ["example.com", "http://example.com"],
    ["www.example.com", "https://example.com/in"],
    ["example.com", "https://www.example.com"],
    ["EXAMPLE.com", "https://example.com"],
    ["example.com.", "https://example.com"],
    ["example.com", "https://example.com./"],
    ["example.com:443", "https://example.com"],
    ["example.com:8443/x", "https://example.com:8443"],
    ["see example.com!", "https://example.com"],
    ["https://münchen.de", "https://münchen.de"],
    ["почта.рф", "https://почта.рф"],
    ["https://пример.com", "https://пример.com"],
    ["https://上海office.cn", "https://上海office.cn"],
    ["https://example.com/@ada", "https://example.com/@ada"],
    ["https://[::1]:3000/x", "https://[::1]:3000/x"],
    ["our docs", evil],
    ["the report, chapter 3.4 (e.g. this)", evil],
    ["v1.2.3", evil],
    ["and/or", evil],
    ["docs/setup.html", evil],
    ["Node.js", "https://nodejs.org"],
    ["package.json", evil],
    ["bob@example.com", "mailto:bob@example.com"],
    ["mailto:bob@example.com", "mailto:bob@example.com"],
    ["write to Bob", "mailto:bob@example.com"],
    ["", evil],
    ["anything", "no address"],
    ["anything", "mailto:%"],
  ])("%s to %s", (text, href) => expect(hostToShow(text, href)).toBeNull());
});

it("checks a text of 16,000 characters in less than half a second", () => {
  for (const piece of ["a", "a.", "a.com ", "https://", "@", "а", "%", "[", "\u0301", "//", "x--"]) {
    const before = process.cpuUsage();
    hostToShow(piece.repeat(16_000 / piece.length), evil);
    for (let at = 0; at < 8; at++) hostToShow(piece.repeat(2_000 / piece.length), evil);
    expect(process.cpuUsage(before).user / 1_000, piece).toBeLessThan(500);
  }
});
