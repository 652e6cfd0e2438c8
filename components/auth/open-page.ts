/** Loads another page. Never resolves, so that a form stays busy until the page is gone. */
export function openPage(path: string): Promise<never> {
  location.replace(path);
  return new Promise(() => {});
}
