/** Shows an error message that contains the address `openAt`, as a link to the current page at that address. */
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
