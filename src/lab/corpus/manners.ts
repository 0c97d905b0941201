/** Without punctuation but for apostrophes and hyphens in words. */
export function withoutPunctuation(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M}\s'’-]|(?<![\p{L}\p{N}])['’-]|['’-](?![\p{L}\p{N}])/gu, ' ').trim();
}

/** Without the marks at the end, and what closes there: `"Well done!"` is `"Well done`. */
export function withoutEndMark(text: string): string {
  return text.replace(/[.!?][.!?"')]*\s*$/, '');
}

/** As people type in haste: in lower case, without punctuation. */
export function inHaste(text: string): string {
  return withoutPunctuation(text.toLowerCase());
}
