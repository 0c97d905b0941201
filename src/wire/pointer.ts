/**
 * A JSON Pointer (RFC 6901).
 * @example toPointer(['files', 'lists/a~b.txt']) // '/files/lists~1a~0b.txt'
 */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
