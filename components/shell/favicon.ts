const size = 32;

/** Adds a dot to the favicon, or removes it. */
export function drawBadge(on: boolean) {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  if (!link) return;
  const own = link.dataset.own ?? link.href;
  link.dataset.own = own;
  if (!on) {
    link.href = own;
    return;
  }
  const picture = new Image(size, size);
  picture.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    canvas.width = size;
    canvas.height = size;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.drawImage(picture, 0, 0, size, size);
    const at = size - 8;
    // A transparent ring separates the dot from the picture, as with presence on avatars.
    pen.globalCompositeOperation = "destination-out";
    circle(pen, at, 10.5);
    pen.globalCompositeOperation = "source-over";
    pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--danger");
    circle(pen, at, 8);
    link.href = canvas.toDataURL("image/png");
  });
  picture.src = own;
}

function circle(pen: CanvasRenderingContext2D, at: number, radius: number) {
  pen.beginPath();
  pen.arc(at, at, radius, 0, 2 * Math.PI);
  pen.fill();
}
