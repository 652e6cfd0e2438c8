import { encode } from "uqr";

/** A link as a QR code. Always dark on light, because some phones cannot read other codes. */
export default function QrCode({ link, size = 104 }: { link: string; size?: 104 | 160 }) {
  const { data } = encode(link, { border: 0 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <div data-theme="light" className="w-fit flex-none rounded-control border bg-surface p-2 text-ink">
      <svg
        role="img"
        aria-label="QR code of the invite link"
        width={size}
        height={size}
        viewBox={`0 0 ${data.length} ${data.length}`}
        shapeRendering="crispEdges"
        className="block fill-current"
      >
        <path d={path.join("")} />
      </svg>
    </div>
  );
}
