const size = 32;

/** Adds a dot to the favicon, or removes it. */
export function drawBadge(hasBadge: boolean) {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  if (!link) return;
  const originalHref = link.dataset.own ?? link.href;
  link.dataset.own = originalHref;
  if (!hasBadge) {
    link.href = originalHref;
    return;
  }
  const picture = new Image(size, size);
  picture.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    canvas.width = size;
    canvas.height = size;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.drawImage(picture, 0, 0, size, size);
    const center = size - 8;
    // A transparent ring separates the dot from the picture, like the presence dot on avatars.
    context.globalCompositeOperation = "destination-out";
    fillCircle(context, center, 10.5);
    context.globalCompositeOperation = "source-over";
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--danger");
    fillCircle(context, center, 8);
    link.href = canvas.toDataURL("image/png");
  });
  picture.src = originalHref;
}

/** Fills a circle whose x and y are both `center`. */
function fillCircle(context: CanvasRenderingContext2D, center: number, radius: number) {
  context.beginPath();
  context.arc(center, center, radius, 0, 2 * Math.PI);
  context.fill();
}
