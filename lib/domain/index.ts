import type { Operations } from "@/lib/contract/index";
import { handlers as all } from "@/lib/generated/domain/handlers";
import type { Handler } from "@/lib/server/handler";

/** The handler of every operation: the default exports of `lib/domain/<noun>/<verb>.ts` that were made with `handle()`. */
export const handlers = all satisfies { readonly [N in keyof Operations]: Handler<Operations[N]> };
