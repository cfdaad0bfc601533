/** The label of a word, or the word itself where nobody has named it yet. */
export function labelOf(labels: Readonly<Record<string, string>>, word: string): string {
  const known = Object.keys(labels).includes(word);
  return known ? (labels[word] ?? word) : word;
}
