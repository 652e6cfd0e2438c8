// Refuses module state, for two reasons. server.ts, Next's pages and Next's routes each load their own copy of lib/, so the state
// exists several times in one process. And state in modules for the browser is shared by all people for whom the server renders
// pages. `once(...)` solves both.
import { bare, nameOf, rootOf, walk } from "./tree.mjs";

const MUTABLE =
  /^(Map|Set|WeakMap|WeakSet|Array|EventEmitter|EventTarget|AsyncLocalStorage|AbortController|BroadcastChannel|PrismaClient|Pool|Client|Server|LRUCache|RateLimiter\w*)$/;
const MUTATORS = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)$/;
const IN_ONCE = "keep it behind once(name, make) from lib/server/once.ts, or pass it as an argument.";

/** All violations by state at module level: `[{ node, say }]`. */
export function moduleState(path, body) {
  const refusals = [];
  const refuse = (node, say) => refusals.push({ node, say });
  const zustand = body.some((node) => node.type === "ImportDeclaration" && /^zustand(\/|$)/.test(node.source.value));
  const tables = new Map(); // top-level array and object literals, by name: allowed unless something changes them

  for (const declarator of topLevelDeclarators(body, refuse)) {
    const value = bare(declarator.init);
    if (value?.type === "NewExpression" && isMutable(value) && !isReadonly(declarator.id)) {
      refuse(
        declarator,
        `A module-level ${nameOf(value.callee)} is module state: ${IN_ONCE} (A constant table is typed Readonly${nameOf(value.callee)}.)`,
      );
    }
    if (value?.type === "ArrayExpression" || value?.type === "ObjectExpression") {
      tables.set(`${declarator.id.value} ${declarator.id.ctxt}`, declarator.id.value);
    }
    if (zustand && isStoreMaker(value) && !path.startsWith("lib/client/stores/")) {
      refuse(declarator, "A store lives in lib/client/stores/: move it there.");
    }
  }

  const changes = (target) => {
    const root = rootOf(target);
    return root?.type === "Identifier" ? tables.get(`${root.value} ${root.ctxt}`) : undefined;
  };
  walk(body, (node) => {
    const target = changed(node);
    const table = target && changes(target);
    if (table) refuse(node, `This changes ${table}, which is module state: ${IN_ONCE}`);
    if (target && bare(target).type === "MemberExpression" && rootOf(target)?.value === "globalThis") {
      refuse(node, `State on globalThis: ${IN_ONCE}`);
    }
    if (node.type === "ClassProperty" && node.isStatic && isMutable(bare(node.value))) {
      refuse(node, `A static ${nameOf(node.value.callee)} is module state: ${IN_ONCE}`);
    }
  });
  return refusals;
}

function topLevelDeclarators(body, refuse) {
  const found = [];
  for (const statement of body) {
    const declaration = statement.type === "ExportDeclaration" ? statement.declaration : statement;
    if (declaration.type !== "VariableDeclaration" || declaration.declare) continue;
    if (declaration.kind !== "const")
      refuse(declaration, `A module-level ${declaration.kind} is module state: ${IN_ONCE}`);
    else found.push(...declaration.declarations);
  }
  return found;
}

function isMutable(node) {
  return node?.type === "NewExpression" && MUTABLE.test(nameOf(node.callee) ?? "");
}

function isReadonly(id) {
  const annotation = id.typeAnnotation?.typeAnnotation;
  return annotation?.type === "TsTypeReference" && (annotation.typeName.value ?? "").startsWith("Readonly");
}

/** Whether a node is zustand's `create(...)`, `create<T>()(...)` or `createStore(...)`. */
function isStoreMaker(node) {
  const root = node?.type === "CallExpression" ? rootOf(node) : undefined;
  return root?.type === "Identifier" && (root.value === "create" || root.value === "createStore");
}

/** The expression that a node changes in place. Undefined if it changes none. */
function changed(node) {
  if (node.type === "AssignmentExpression") return memberOf(node.left);
  if (node.type === "UpdateExpression") return memberOf(node.argument);
  if (node.type === "UnaryExpression" && node.operator === "delete") return memberOf(node.argument);
  if (node.type !== "CallExpression") return undefined;
  const callee = bare(node.callee);
  if (callee.type !== "MemberExpression") return undefined;
  if (nameOf(callee.object) === "Object" && /^(assign|definePropert)/.test(nameOf(callee) ?? "")) {
    return node.arguments[0]?.expression;
  }
  return MUTATORS.test(nameOf(callee) ?? "") ? callee.object : undefined;
}

function memberOf(node) {
  const inner = bare(node);
  return inner?.type === "MemberExpression" ? inner : undefined;
}
