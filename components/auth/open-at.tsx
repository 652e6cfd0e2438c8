/** A refusal that names the address to open: that address leads to this very page, there. */
export function OpenAt({ message, openAt }: { message: string; openAt: string }) {
  const [before, ...after] = message.split(openAt);
  return (
    <>
      {before}
      <a href={openAt + location.pathname + location.search + location.hash} className="font-medium underline">
        {openAt}
      </a>
      {after.join(openAt)}
    </>
  );
}
