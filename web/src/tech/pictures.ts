/** Pictures made small enough for a phone's network. */

const LONGEST_PX = 1_600;
const QUALITY = 0.8;
const TYPE = "image/jpeg";

/**
 * The picture as a JPEG of at most 1,600 pixels a side.
 *
 * @throws when the browser cannot read it
 */
export async function shrunk(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return asJpeg(canvas);
}

export function asJpeg(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const take = (blob: Blob | null) => (blob ? resolve(blob) : reject(new Error("no picture")));
    canvas.toBlob(take, TYPE, QUALITY);
  });
}
