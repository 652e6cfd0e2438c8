/** Thirty people of an invented company. The first three are whom `npm run demo` signs in as. */
export const people: readonly string[] = [
  "Mara Ellison",
  "Bo Lindqvist",
  "陈思远",
  "Ada Okafor",
  "Elif Demir",
  "Hugo Martín",
  "Dev Raman",
  "Farid Haddad",
  "Tomasz Nowak",
  "Clara Weiss",
  "Ines Carvalho",
  "Priya Sharma",
  "Jonas Berg",
  "Katya Tarasova",
  "Liam Fitzgerald",
  "Noor van Dijk",
  "Aiko Tanaka",
  "Samuel Mensah",
  "Giulia Romano",
  "Mateus Oliveira",
  "Freya Sørensen",
  "Yusuf Karim",
  "Zoë Dubois",
  "Nguyễn Thị Hoa",
  "Oskar Kowalczyk",
  "Leila Azizi",
  "Patrick O’Connell",
  "Sofia Papadopoulou",
  "김민준",
  "Wilhelmina Featherstonehaugh-Cholmondeley",
];

export interface SeedRoom {
  name: string;
  topic: string;
  access: "public" | "private";
  /** Its part of all messages. */
  share: number;
  /** How many of the people are in it. */
  members: number;
}

/** Ten rooms beside the five that the set-up makes; the default ones take part by name. */
export const rooms: readonly SeedRoom[] = [
  {
    name: "General",
    topic: "Lunch at 12:30 on Thursdays. Visitors sign in at the desk.",
    access: "public",
    share: 22,
    members: 30,
  },
  {
    name: "Developer",
    topic: "Shipping 2.4 this week. On call: Elif. Runbook is pinned.",
    access: "public",
    share: 20,
    members: 14,
  },
  { name: "Trading", topic: "Close of day figures by 18:00.", access: "public", share: 8, members: 9 },
  { name: "Security", topic: "Report first, apologise later.", access: "public", share: 6, members: 8 },
  { name: "Admin", topic: "", access: "public", share: 1, members: 3 },
  { name: "announcements", topic: "What everybody should know.", access: "public", share: 1, members: 30 },
  { name: "design", topic: "Show it early.", access: "public", share: 8, members: 11 },
  { name: "incidents", topic: "Nothing is on fire.", access: "public", share: 7, members: 16 },
  { name: "lunch-and-long-walks-berlin", topic: "Around the lake at noon.", access: "public", share: 5, members: 12 },
  { name: "上海办公室", topic: "上海节点与本地事务", access: "public", share: 5, members: 7 },
  { name: "books", topic: "November: The Left Hand of Darkness", access: "public", share: 4, members: 9 },
  { name: "hiring", topic: "Two seats open.", access: "private", share: 4, members: 6 },
  { name: "release-2-4", topic: "Code freeze on Wednesday.", access: "public", share: 5, members: 12 },
  { name: "support", topic: "PLT tickets, newest first.", access: "public", share: 3, members: 13 },
  {
    name: "incident-2026-11-17-queue-depth-in-shanghai-and-everything-after",
    topic: "",
    access: "public",
    share: 1,
    members: 10,
  },
];
