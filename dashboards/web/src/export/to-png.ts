/** Pixels of the picture for each of the drawing: sharp on dense screens and in slides. */
const SCALE = 2;

/** An SVG file as a PNG, drawn by the browser. */
export async function toPng({
  svg,
  width,
  height,
}: {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}): Promise<Blob> {
  const image = new Image();
  // The policy of the page lets images come from data addresses, not from blobs.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round(height * SCALE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures; take SVG');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((give, fail) =>
    canvas.toBlob(
      (blob) => (blob ? give(blob) : fail(new Error('the picture is too large for this browser; take SVG'))),
      'image/png',
    ),
  );
}
