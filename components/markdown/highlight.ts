// Runs in a worker (highlighting.tsx), because some grammars can take minutes on hostile code.
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import markdown from "highlight.js/lib/languages/markdown";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import swift from "highlight.js/lib/languages/swift";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";

const lowlight = createLowlight({
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  markdown,
  php,
  python,
  ruby,
  rust,
  sql,
  swift,
  typescript,
  xml,
  yaml,
});

/** A piece of code and the class of its colour (app/globals.css). */
export type Piece = { text: string; className?: string };
export type Code = { text: string; language: string };
type Node = { type: string; value?: string; properties?: { className?: unknown }; children?: Node[] };

/** Colour classes for the scopes of highlight.js. The first match wins. */
const colours: [RegExp, string | undefined][] = [
  // These scopes get no colour, so that code is not too colourful.
  [/class_|property|params/, undefined],
  [/comment|quote|meta/, "text-code-com"],
  [/string|regexp|addition|attr_value|char|link/, "text-code-str"],
  [/number|literal|symbol|variable.constant|deletion/, "text-code-num"],
  [/title|function|section|attr|attribute|selector/, "text-code-fn"],
  [/keyword|built_in|type|name|tag|operator|doctag/, "text-code-key"],
];

/** Each piece becomes a DOM element, so their number is limited. */
const maxPieces = 2_000;

/** Splits code into coloured pieces. Null if the language is unknown or there are too many pieces. */
export function highlight({ text, language }: Code): Piece[] | null {
  if (!lowlight.registered(language)) return null;
  const pieces: Piece[] = [];
  const add = (added: string, className?: string) => {
    const last = pieces.at(-1);
    if (last && last.className === className) last.text += added;
    else pieces.push({ text: added, className });
  };
  const collect = (nodes: readonly Node[], className?: string) => {
    for (const node of nodes) {
      if (node.type === "text") add(node.value ?? "", className);
      const scope = Array.isArray(node.properties?.className) ? node.properties.className.join(" ") : "";
      const colour = scope ? colours.find(([scopes]) => scopes.test(scope)) : undefined;
      collect(node.children ?? [], colour ? colour[1] : className);
    }
  };
  collect(lowlight.highlight(language, text).children);
  return pieces.length > maxPieces ? null : pieces;
}
