interface Node {
  number: number | undefined;
  readonly next: Map<string, Node>;
}

const root: Node = { number: undefined, next: new Map() };
const names: string[] = [];

/**
 * The number of a feature whose name these parts make up, with a space between them. Numbers are given as features
 * turn up, so parts must be of a few kinds, such as word classes. A name is put together but once: making and
 * hashing names takes longer than all else that is done with features.
 */
export function numberOf(...parts: readonly string[]): number {
  let node = root;
  for (const part of parts) {
    let next = node.next.get(part);
    if (!next) {
      next = { number: undefined, next: new Map() };
      node.next.set(part, next);
    }
    node = next;
  }
  node.number ??= names.push(parts.join(' ')) - 1;
  return node.number;
}

export function nameOf(number: number): string {
  return names[number] ?? '';
}
