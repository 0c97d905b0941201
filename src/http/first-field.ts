/** A longer value is no key. */
const MOST_BYTES = 4096;

/**
 * Finds the first field of a name in a form or a query, and reads nothing else of it: of what comes from somebody
 * whose key is not known yet, no more is looked at than one search.
 * @param form URL-encoded, as it was sent
 * @param name as it is written there: letters, digits and underscores need no escape
 * @returns its value, at most 4,096 bytes of it, without the white space around it; undefined where it is empty or not there
 * @example firstField(Buffer.from('blog=b&api_key=abc'), 'api_key') // 'abc'
 */
export function firstField(form: Buffer, name: string): string | undefined {
  const start = startOf(form, `${name}=`);
  if (start === undefined) return undefined;
  const next = form.indexOf('&', start);
  const end = Math.min(next === -1 ? form.length : next, start + MOST_BYTES);
  const value = new URLSearchParams(`value=${form.toString('utf8', start, end)}`).get('value');
  return value?.trim() || undefined;
}

/** Where the value begins. */
function startOf(form: Buffer, beginning: string): number | undefined {
  if (form.toString('latin1', 0, beginning.length) === beginning) return beginning.length;
  const at = form.indexOf(`&${beginning}`);
  return at === -1 ? undefined : at + 1 + beginning.length;
}

/**
 * Whether a form has more than so many fields; the rest of it is not looked at.
 * @example hasMoreFields(Buffer.from('a=1&b=2'), 1) // true
 */
export function hasMoreFields(form: Buffer, most: number): boolean {
  let at = -1;
  for (let fields = 1; fields <= most; fields++) {
    at = form.indexOf('&', at + 1);
    if (at === -1) return false;
  }
  return true;
}
