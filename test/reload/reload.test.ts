import { startReloading } from './reloading.js';

// How soon a change is in force is a figure of `npm run limits`.

// Both at once, for most of the time they wait.
test.concurrent('each state of a folder that people edit is in force in the end, and none that is not whole', async () => {
  const reloading = await startReloading('files');
  try {
    await reloading.goThroughStates();
  } finally {
    await reloading.end();
  }
}, 300_000);

test.concurrent('a ConfigMap that is swapped is in force in the end', async () => {
  const reloading = await startReloading('ConfigMap');
  try {
    await reloading.swapConfigMap(3);
  } finally {
    await reloading.end();
  }
}, 300_000);
