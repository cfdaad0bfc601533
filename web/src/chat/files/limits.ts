/** Which files are worth sending; the server looks into them and has the last word. Pure. */
import { chatWords } from "../../messages/chat.zh-CN";

export const MAX_BYTES = 20 * 1024 * 1024;
export const MOST_AT_ONCE = 9;

/** What the picker offers. Without HEIC in the list, iPhones hand over JPEG. */
export const ACCEPTED =
  "image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,audio/*,.amr,application/pdf";

const TYPES = /^(image\/(jpeg|png|webp|gif)|video\/(mp4|quicktime)|audio\/.+|application\/pdf)$/;
const ENDINGS = /\.(jpe?g|png|webp|gif|mp4|mov|mp3|m4a|wav|ogg|amr|pdf)$/i;

export interface Described {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** Why a file need not be sent at all, in words; null when it may be. */
export function refusal(file: Described): string | null {
  if (file.size === 0) return chatWords.files.empty;
  const known = file.type === "" ? ENDINGS.test(file.name) : TYPES.test(file.type);
  if (!known && !ENDINGS.test(file.name)) return chatWords.files.unknownType;
  // pictures are made smaller before they are sent
  if (file.size > MAX_BYTES && !shrinkable(file)) {
    return chatWords.files.tooLarge(MAX_BYTES / 1024 / 1024);
  }
  return null;
}

export const isPicture = (file: Described) => file.type.startsWith("image/");

export const shrinkable = (file: Described) => /^image\/(jpeg|png|webp)$/.test(file.type);
