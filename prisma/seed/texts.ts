/** A number from 0 to 1, the same row of them for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const short = [
  "On it.",
  "Thanks!",
  "Same here.",
  "👍",
  "Merged.",
  "Looks good to me.",
  "One minute.",
  "Done, please check.",
  "🎉",
  "Agreed on both.",
  "Will do.",
  "Lunch?",
  "Back in ten.",
  "Yes, that one.",
  "No idea, sorry.",
  "Nice catch.",
  "Reverted.",
  "Rebooting it now.",
  "Can you resend the link?",
  "ok 😄",
];
const medium = [
  "Build `{n}` is on staging: 3 m 12 s, queue depth flat the whole way. `PLT-{n}` is **fixed**.",
  "I would rather wait for the canary. The last one looked fine for twenty minutes and then did not.",
  "Who has the runbook for the queue? I remember a paragraph about `outbox_lag` and cannot find it.",
  "The graph at https://status.larkfield.example/queue?range=1h shows it well: it starts at 09:14 and ends with the restart.",
  "Reminder that the visitor from the bank comes at two. Room on the third floor, coffee is ordered.",
  "Can somebody from support look at PLT-{n}? The customer says the export has 10.100.200.101 in every row.",
  "I moved the meeting to Thursday, because half of us are travelling on Wednesday.",
  "The new empty state is much calmer. I would make the button one size smaller and leave the rest.",
  "Figures are in: volume up 4 %, spread as yesterday, nothing unusual after the close.",
  "Please rotate the on-call keys today. The old ones stop working at midnight, not before.",
  "Walk around the lake at noon? It is cold but dry, and the bakery has the good ones today.",
  "I read the first hundred pages on the train and now I do not want to work.",
  "~~Deploy at four.~~ Deploy at five, the migration takes longer than we thought.",
  "It is additive, so the old build runs on the new schema. If we have to go back, we just go back.",
];
const languages = [
  "上海节点的延迟已经恢复正常，平均 38 ms。",
  "收到，我下午确认一下回滚窗口。",
  "这个问题昨天也出现过，和队列深度有关。",
  "午饭去哪家？",
  "شكراً للجميع، سأراجع خطة التراجع قبل الظهر.",
  "صباح الخير! الاجتماع في الساعة 10:30.",
  "Kann das jemand bestätigen? Bei mir läuft es seit dem Neustart wieder.",
  "Ich nehme Schritt drei, danach Kaffee.",
  "Привет всем, логи за ночь чистые.",
  "Проверю после обеда и напишу сюда.",
  "¿Alguien puede revisar el informe antes de las cinco?",
  "Perfecto, lo dejo listo esta tarde.",
  "さっきのビルドで直りました。確認お願いします。",
  "네, 오후에 다시 볼게요.",
  "C’est noté, je m’en occupe demain matin.",
  "Tack, då kör vi på det.",
];
const long = [
  `Notes from this morning, so that nobody has to ask twice:

1. The queue grew because the consumer in Shanghai stopped reading when its clock jumped.
2. Restarting helped at once, which is why it looked like a deploy problem and was not one.
3. We now alarm on \`outbox_lag\` above **4 s** and on clock steps above 500 ms.

> If you are paged for this again, look at the clock first.

Thanks to everybody who stayed on the call.`,
  `The loop that caught us out on Tuesday. It now stops when the page comes back empty:

\`\`\`ts
export async function drain(room: Room, until: number) {
  while (room.clock < until) {
    const rows = await changes(room.id, room.clock, 200)
    if (!rows.length) break // caught up
    room.apply(rows)
  }
}
\`\`\``,
  `| region | p50 | p99 |
|---|---|---|
| Frankfurt | 12 ms | 41 ms |
| Shanghai | 38 ms | 120 ms |
| São Paulo | 55 ms | 180 ms |

Better than last week everywhere. The p99 in São Paulo is one customer with a very old client, we have written to them.`,
];

/** One message as somebody might write it. */
export function text(random: () => number): string {
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] as string;
  const kind = random();
  if (kind < 0.34) return pick(short);
  if (kind < 0.8) return pick(medium).replaceAll("{n}", String(3_000 + Math.floor(random() * 2_000)));
  if (kind < 0.95) return pick(languages);
  return pick(long);
}
