// The parts of the chat by the names that everybody hears.
import { pathsOf } from "@/lib/contract/paths";
import { handleOf } from "@/tests/harness/people";
import { expect, type Locator, type Page } from "@playwright/test";

/** The address of a room. Without its organization: the one from before addresses named it, which leads there. */
export const roomPath = ({ id, organizationId }: { id: string; organizationId?: string }) =>
  organizationId ? pathsOf(handleOf(organizationId)).room(id) : `/rooms/${id}`;

export const roomList = (page: Page): Locator => page.getByRole("navigation", { name: "Rooms" });
export const roomLink = (page: Page, name: string): Locator =>
  roomList(page).getByRole("listitem").filter({ hasText: name }).getByRole("link");
export const log = (page: Page): Locator => page.getByRole("log");
/** The rows of the log that say this. */
export const message = (page: Page, text: string | RegExp): Locator =>
  log(page).getByRole("article").filter({ hasText: text });
export const composer = (page: Page): Locator => page.getByRole("textbox", { name: /^Message / });
export const roomTitle = (page: Page, name: string): Locator =>
  page.getByRole("main").getByRole("heading", { level: 1, name, exact: true });

/**
 * The page has come to life: before that it is only a picture, and what is pressed in it is lost. React leaves its mark
 * on every element that it takes over. It listens for keys in a later task, which a background task waits for.
 */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const controls = ["button", "input", "textarea"].flatMap((tag) => [...document.getElementsByTagName(tag)]);
    if (!controls.every((control) => Object.keys(control).some((key) => key.startsWith("__react")))) return false;
    await scheduler.postTask(() => {}, { priority: "background" });
    return true;
  });
}

/** Writes and sends; it is on the writer's own screen at once. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await expect(composer(page)).toHaveValue("");
}

/** Waits until the page has fetched the code that it fetches ahead, some seconds after loading. */
export async function fetchedAhead(page: Page): Promise<void> {
  await expect(page.getByRole("region", { name: /^Notifications/ }), "the code of the toasts").toBeAttached();
  await page.waitForFunction(() => performance.getEntriesByName("parley:fetched-ahead").length > 0);
}

/** Chooses something under "More" of somebody's card, which is open. */
export async function chooseOnCard(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("dialog", { name, exact: true }).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}
