import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseSync } from '@swc/core';

/** One file importing another, within the folder that was read. */
export interface Import {
  /** From the folder, with forward slashes: `http/app.ts`. */
  readonly from: string;
  readonly to: string;
  /** Whether only types are imported, which leave no trace in what runs. */
  readonly typeOnly: boolean;
}

/** Every import between the TypeScript files of a folder: static, dynamic, re-exports and types alike. */
export function readImports(folder: string): readonly Import[] {
  return sourcesOf(folder).flatMap((from) => {
    const path = join(folder, from);
    return importsIn(readFileSync(path, 'utf8'))
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier, typeOnly }) => {
        const target = resolve(dirname(path), specifier).replace(/\.js$/, '.ts');
        return { from, to: relative(folder, target).split(sep).join('/'), typeOnly };
      });
  });
}

/** The TypeScript files of a folder, from the folder, with forward slashes. */
export function sourcesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.split(sep).join('/'))
    .sort();
}

interface Specifier {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** What a source text imports, wherever it stands in it. */
export function importsIn(source: string): readonly Specifier[] {
  const found: Specifier[] = [];
  visit(parseSync(source, { syntax: 'typescript', target: 'es2022' }), found);
  return found;
}

/** Walks a syntax tree and notes each import on the way. */
function visit(node: unknown, found: Specifier[]): void {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, found);
    return;
  }
  if (!isNode(node)) return;
  const specifier = specifierOf(node);
  if (specifier) found.push(specifier);
  for (const child of Object.values(node)) visit(child, found);
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function specifierOf(node: Node): Specifier | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      const specifier = textOf(node.source);
      return specifier === undefined ? undefined : { specifier, typeOnly: isTypeOnly(node) };
    }
    // `import('./x.js').Y` as a type.
    case 'TsImportType': {
      const specifier = textOf(node.argument);
      return specifier === undefined ? undefined : { specifier, typeOnly: true };
    }
    // `import('./x.js')` as a call.
    case 'CallExpression': {
      if (!isNode(node.callee) || node.callee.type !== 'Import' || !Array.isArray(node.arguments))
        return undefined;
      const [argument] = node.arguments;
      const specifier = isNode(argument) ? textOf(argument.expression) : undefined;
      return specifier === undefined ? undefined : { specifier, typeOnly: false };
    }
    default:
      return undefined;
  }
}

/** `import type …`, or a list in which each name has `type` before it. */
function isTypeOnly({ typeOnly, specifiers }: Node): boolean {
  if (typeOnly === true) return true;
  const names = Array.isArray(specifiers) ? specifiers.filter(isNode) : [];
  return names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly === true);
}

function textOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'StringLiteral' && typeof node.value === 'string'
    ? node.value
    : undefined;
}
