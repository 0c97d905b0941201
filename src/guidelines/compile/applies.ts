/**
 * Makes a test for the address of a page out of globs.
 * @param globs each the start of a path (`/sport/*`) or a whole address (`https://blog.example/*`); `*` stands
 * for any run of characters, and the whole of the path or address must fit
 * @returns whether one of them covers an address. An address that is none, or that the site did not tell, is not covered
 */
export function coverage(globs: readonly string[]): (url: string | undefined) => boolean {
  return (url) => {
    if (url === undefined) return false;
    const path = pathOf(url);
    return globs.some((glob) => fits(hasScheme(glob) ? url : path, glob));
  };
}

function hasScheme(glob: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(glob);
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : (url.split(/[?#]/, 1)[0] ?? '');
}

/** Left to right, each piece at its first place: time in proportion to the text, whatever the glob. */
function fits(text: string, glob: string): boolean {
  const [first = '', ...pieces] = glob.split('*');
  const last = pieces.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at + last.length <= text.length;
}
