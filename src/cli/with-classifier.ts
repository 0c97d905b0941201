import type { Classifier } from '../classifier/classifier.js';
import { classifierSettings } from '../classifier/settings.js';
import { readRoom } from '../settings/setting.js';
import { openClassifier } from '../threads/classify/open-classifier.js';

/**
 * Does something with the classifier that the environment asks for, the same as the service's, and ends its thread. Says
 * on standard error where the linear one stands in.
 * @throws ConfigError where the settings cannot be used, or the transformer must be there and is not
 */
export async function withClassifier<Result>(
  work: (classifier: Classifier) => Promise<Result>,
): Promise<Result> {
  const { classifier, absence, close } = await openClassifier(readRoom(classifierSettings, process.env));
  if (absence !== undefined) {
    process.stderr.write(
      `the transformer cannot be loaded, and the linear classifier reads instead: ${absence}\n`,
    );
  }
  try {
    return await work(classifier);
  } finally {
    await close();
  }
}
