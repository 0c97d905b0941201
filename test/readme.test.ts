import { readFileSync } from 'node:fs';
import { SETTINGS } from '../src/settings/all.js';

const README = readFileSync('README.md', 'utf8');

test.each(SETTINGS)('the README tells of $name as config.ts has it', ({ name, about, unit, fallback }) => {
  const shown = fallback === undefined ? '–' : `\`${fallback}\``;
  expect(README).toContain(`| \`${name}\` | ${shown} | ${about}${unit ? ` In ${unit}.` : ''} |`);
});
