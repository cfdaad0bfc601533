/** Photographs are made smaller before they travel: what a phone takes is more than anybody looks at. */
import { shrinkable } from "./limits";

const SHRINK_FROM_BYTES = 1.5 * 1024 * 1024;
const LONGEST_SIDE = 2_560;
const QUALITY = 0.85;

function drawn(bitmap: ImageBitmap): HTMLCanvasElement {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new DOMException("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A smaller picture, or the file itself where the browser cannot, or nothing is gained. */
export async function shrunk(file: File): Promise<File> {
  if (file.size < SHRINK_FROM_BYTES || !shrinkable(file) || !window.createImageBitmap) return file;
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = drawn(bitmap);
    bitmap.close();
    const blob = await new Promise<Blob | null>((done) =>
      canvas.toBlob(done, "image/jpeg", QUALITY),
    );
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name, { type: "image/jpeg" });
  } catch (cause) {
    // too large for this phone, or broken: the server says which
    if (cause instanceof DOMException) return file;
    throw cause;
  }
}
