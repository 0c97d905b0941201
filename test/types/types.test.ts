import { join } from 'node:path';
import { golden } from '../helpers/golden.js';
import { type Entry, fileOf, reportTypes } from './api-report.js';

// The public types, as programs that import the package see them. Where a change to them is meant:
// npm run build && GOLDEN=write npm run jest -- test/types

let reports: ReturnType<typeof reportTypes>;
beforeAll(() => {
  reports = reportTypes();
}, 120_000);

test.each<Entry>(['stet', 'plugin'])('the public types of %s are as they were', (entry) => {
  expect(golden(join(import.meta.dirname, fileOf(entry)), reports[entry])).toEqual([]);
});
