import type { Found } from "@/lib/contract/find";

/** A name with the parts in bold that match a search. */
export function Marked({ text, marks }: { text: string; marks: Found["marks"] }) {
  const boundaries = [0, ...marks.flat(), text.length];
  return boundaries.slice(1).map((end, at) => {
    const part = text.slice(boundaries[at], end);
    return at % 2 ? (
      <b key={at} className="font-semibold">
        {part}
      </b>
    ) : (
      part
    );
  });
}
