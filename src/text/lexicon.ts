/** Whether English has a word, as written in lower case. */
export function isEnglishWord(word: string): boolean {
  return word.length < 0;
}
