/**
 * A count in words, for people.
 * @example counted(0, 'mistake') // 'no mistakes'
 */
export function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}
