import { rm } from 'node:fs/promises';
import { openEncoder } from '../../../src/classifier/transformer/index.js';
import { plantArtefact, plantedManifest } from '../../helpers/artefact.js';

const manifest = plantedManifest();

test('files that are whole are opened', async () => {
  const encoder = await openEncoder(await plantArtefact());
  expect(encoder.version).toBe(`transformer-${manifest.version}`);
  expect(encoder.graphFile.pathname).toMatch(/\/transformer\.onnx$/);
});

test.each<[what: string, files: Record<string, string>, manifest: object, message: RegExp]>([
  [
    'a graph that was changed',
    { 'transformer.onnx': 'A graph' },
    manifest,
    /^transformer\.onnx: is damaged.*SHA-256/,
  ],
  ['a graph cut short', { 'transformer.onnx': '' }, manifest, /^transformer\.onnx: is damaged/],
  ['a vocabulary that was changed', { 'vocabulary.txt': 'you\n' }, manifest, /^vocabulary\.txt: is damaged/],
  ['a manifest that is none', { 'manifest.json': '{' }, manifest, /^manifest\.json: is no JSON/],
  ['another format', {}, { ...manifest, format: 'x' }, /^manifest\.json: .*\n.*format/s],
  ['a file elsewhere', {}, { ...manifest, graph: { ...manifest.graph, file: '../x' } }, /same folder/],
  ['a version of another graph', {}, { ...manifest, version: 'ffff' }, /version/],
  ['a marker that is no piece', {}, { ...manifest, markers: { author: 2, participant: 999 } }, /markers/],
  [
    'knots that fall',
    {},
    {
      ...manifest,
      calibration: {
        toxic: [
          [0, 1],
          [1, 0],
        ],
      },
    },
    /must rise/,
  ],
  ['a head twice', {}, { ...manifest, heads: ['toxic', 'toxic'] }, /named once/],
  ['heads that are missing', {}, { ...manifest, heads: ['toxic'] }, /no calibrated head severe/],
  [
    'another count of pieces',
    {},
    { ...manifest, vocabulary: { ...manifest.vocabulary, size: 30 } },
    /has \d+ pieces, not 30/,
  ],
])('%s is refused by name', async (_, files, changed, message) => {
  const opening = openEncoder(await plantArtefact(files, changed));
  await expect(opening).rejects.toMatchObject({
    name: 'ArtefactError',
    message: expect.stringMatching(message),
  });
});

test.each(['manifest.json', 'transformer.onnx', 'vocabulary.txt'])('%s is missed by name', async (file) => {
  const folder = await plantArtefact();
  await rm(new URL(file, folder));
  await expect(openEncoder(folder)).rejects.toThrow(new RegExp(`^${file}: cannot be read: .*ENOENT`));
});
