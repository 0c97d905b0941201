import { openOnnxSession } from '../../../src/classifier/transformer/index.js';
import { plantArtefact } from '../../helpers/artefact.js';

test('a graph that is none is refused', async () => {
  const folder = await plantArtefact();
  const opening = openOnnxSession(new URL('transformer.onnx', folder), { threads: 1 });
  await expect(opening).rejects.toMatchObject({
    name: 'RuntimeError',
    message: expect.stringMatching(/^onnxruntime-node (?:refuses the graph|cannot be loaded)/),
  });
});
