import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HEADS_IN_USE } from '../../src/classifier/transformer/heads.js';

/** A vocabulary of a few words, with what every one must have at its beginning. */
export const PIECES = [
  ...['[PAD]', '[unused0]', '[unused1]', '[unused2]', '[UNK]', '[CLS]', '[SEP]'],
  ...[
    'you',
    'are',
    'an',
    'idiot',
    '##s',
    'the',
    'is',
    'a',
    'clown',
    'un',
    '##like',
    '##ly',
    '.',
    ',',
    '!',
    '@',
    "'",
  ],
  ...['s', 'k', '4th', 'will', 'cafe', 'strasse', '[', ']', 'cl', '##s2', 'see', 'and'],
];

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const GRAPH = 'a graph';
const VOCABULARY = `${PIECES.join('\n')}\n`;

/** A manifest that fits PIECES and has the heads that readings ask, each calibrated from 0 to 1 over log odds -4 to 4. */
export function plantedManifest() {
  return {
    format: 'stet-transformer-1',
    version: sha256(GRAPH).slice(0, 12),
    about: 'planted',
    graph: { file: 'transformer.onnx', sha256: sha256(GRAPH), bytes: GRAPH.length },
    vocabulary: { file: 'vocabulary.txt', sha256: sha256(VOCABULARY), size: PIECES.length },
    longest: 128,
    pieces: { PAD: 0, UNK: 4, CLS: 5, SEP: 6 },
    markers: { author: 2, participant: 3 },
    heads: [...HEADS_IN_USE],
    calibration: Object.fromEntries(
      HEADS_IN_USE.map((head) => [
        head,
        [
          [-4, 0],
          [4, 1],
        ],
      ]),
    ),
    words: { threshold: 0 },
  };
}

/** Writes a transformer's files into a folder of their own. */
export async function plantArtefact(
  files: Readonly<Record<string, string>> = {},
  manifest: object = plantedManifest(),
): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'stet-transformer-'));
  const all = {
    'manifest.json': JSON.stringify(manifest),
    'transformer.onnx': GRAPH,
    'vocabulary.txt': VOCABULARY,
    ...files,
  };
  await Promise.all(Object.entries(all).map(([name, content]) => writeFile(join(folder, name), content)));
  return pathToFileURL(`${folder}/`);
}
