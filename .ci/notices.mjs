/**
 * Writes dist/NOTICES.txt, a part of `npm run build`: the licences of all that is shipped, which is Stet with what it
 * has learned, and every installed package of production. Fails where a package has a licence that nobody has allowed
 * here, or no text of it. `node .ci/notices.mjs FOLDER` does so in another folder.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As package.json has them, in SPDX. They ask for no more than that their text goes along. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  '(MIT OR CC0-1.0)',
];
const TEXTS = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
const RULE = '-'.repeat(79);

class Refusal extends Error {}

const root = process.argv[2] ?? '.';
try {
  const stet = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const { packages } = readJson(join(root, 'package-lock.json'));
  // "devOptional": some packages of development need it, and one of production may.
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  const [here, elsewhere] = split(shipped, ([path]) => existsSync(join(root, path)));
  const missing = elsewhere.filter(([, { optional }]) => !optional).map(([path]) => path);
  if (missing.length > 0) throw new Refusal(`not installed: ${missing.join(', ')}; run "npm ci" first`);
  const notices = here.map(([path]) => noticeOf(path, mitText(stet)));
  const refused = [...notices, ...elsewhere.map(([path, { license }]) => ({ name: nameOf(path), license }))]
    .filter(({ license }) => !ALLOWED.includes(license))
    .map(
      ({ name, license }) =>
        `${name} has the licence ${license ?? '(none)'}, which .ci/notices.mjs does not allow`,
    );
  if (refused.length > 0) throw new Refusal(refused.join('\n'));
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', 'NOTICES.txt'), pageOf(stet, notices, elsewhere));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function noticeOf(path, mit) {
  const { name, version, license, author } = readJson(join(root, path, 'package.json'));
  const texts = readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXTS.test(entry.name))
    .map((entry) => readFileSync(join(root, path, entry.name), 'utf8').trim())
    .sort();
  if (texts.length > 0) return { name, version, license, text: texts.join('\n\n') };
  if (license !== 'MIT') throw new Refusal(`${name} has no text of its licence (${license})`);
  const holder = (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;
  return { name, version, license, text: `The MIT License\n\nCopyright (c) ${holder}\n\n${mit}` };
}

/** The text that all packages under MIT have in common, for those that come without it. */
function mitText(stet) {
  const [text] = /^Permission is hereby granted[\s\S]*?SOFTWARE\.$/m.exec(stet) ?? [];
  if (text === undefined) throw new Refusal('LICENSE has no text of the MIT License');
  return text;
}

function pageOf(stet, notices, elsewhere) {
  const byText = new Map();
  for (const { name, version, license, text } of notices) {
    const heading = `${name} ${version}: ${license}`;
    byText.set(text, [...(byText.get(text) ?? []), heading]);
  }
  const parts = [
    'What Stet is shipped with, and under which licences. "npm run build" writes this file.\nThe image also has Node.js and Debian, which bring their own.',
    `Stet\n\n${stet}`,
    ...[...byText].map(([text, headings]) => `${headings.join('\n')}\n\n${text}`),
  ];
  if (elsewhere.length > 0) {
    const lines = elsewhere.map(([path, { version, license }]) => `${nameOf(path)} ${version}: ${license}`);
    parts.push(`In place of one of these, on another system:\n\n${lines.join('\n')}`);
  }
  return `${parts.join(`\n\n${RULE}\n\n`)}\n`.replaceAll('\r\n', '\n');
}

function nameOf(path) {
  return path.split('node_modules/').at(-1);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function split(list, isFirst) {
  return [list.filter(isFirst), list.filter((each) => !isFirst(each))];
}
