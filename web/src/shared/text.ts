/** Pure helpers for what somebody types. */

export function countCharacters(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}

function isLoneSurrogate(character: string): boolean {
  return character.length === 1 && character >= "\uD800" && character <= "\uDFFF";
}

/** The words untouched, less what no database stores (NUL and broken halves of emoji). */
export function storableText(text: string): string {
  let storable = "";
  for (const character of text) {
    if (isLoneSurrogate(character)) storable += "\uFFFD";
    else if (character !== "\u0000") storable += character;
  }
  return storable;
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}
