// Loaded in a worker when the first code shows (highlighting.tsx): it may take for ever.
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

const known = createLowlight({
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

/** A piece of code and what it is, in the names of the tokens (app/globals.css). */
export type Piece = { text: string; className?: string };
export type Code = { text: string; language: string };
type Node = { type: string; value?: string; properties?: { className?: unknown }; children?: Node[] };

const kinds: [RegExp, string | undefined][] = [
  // Few colours: names of classes and of properties are words like others.
  [/class_|property|params/, undefined],
  [/comment|quote|meta/, "text-code-com"],
  [/string|regexp|addition|attr_value|char|link/, "text-code-str"],
  [/number|literal|symbol|variable.constant|deletion/, "text-code-num"],
  [/title|function|section|attr|attribute|selector/, "text-code-fn"],
  [/keyword|built_in|type|name|tag|operator|doctag/, "text-code-key"],
];

/** Every piece is an element on the page; more of them would slow down everybody who sees it. */
const mostPieces = 2_000;

/** Null when the language is not among ours or there is too much to colour: then it stays plain. */
export function highlight({ text, language }: Code): Piece[] | null {
  if (!known.registered(language)) return null;
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
      const kind = scope ? kinds.find(([scopes]) => scopes.test(scope)) : undefined;
      collect(node.children ?? [], kind ? kind[1] : className);
    }
  };
  collect(known.highlight(language, text).children);
  return pieces.length > mostPieces ? null : pieces;
}
