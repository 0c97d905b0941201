import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { DETECTORS } from '../../../src/detectors/index.js';
import { jsonSchemas, SCHEMA_FILES } from '../../../src/guidelines/format/json-schema.js';
import { ruleWith } from '../rules-folder.js';

const RULES = 'rules';
const schemas = jsonSchemas();

// The format of a date is checked by its pattern; editors know it by name too.
const ajv = new Ajv({ allErrors: true, formats: { date: true } });
const isRule = ajv.compile(JSON.parse(schemas['schema.json']));
const isLimits = ajv.compile(JSON.parse(schemas['limits.schema.json']));

/** Where a file does not fit, by JSON Pointer; none where it fits. */
function misfits(fits: ValidateFunction, yaml: string): string[] {
  return fits(parse(yaml)) ? [] : [...new Set((fits.errors ?? []).map(({ instancePath }) => instancePath))];
}

const FILES = readdirSync(RULES).filter((name) => name.endsWith('.yaml'));

describe('the schemas in the rules folder', () => {
  test.each(SCHEMA_FILES)('%s is that of the code; "stet rules schema" writes it', (name) => {
    expect(readFileSync(join(RULES, name), 'utf8')).toBe(schemas[name]);
  });

  test.each(FILES)('%s names its schema in its first line, and fits it', (name) => {
    const text = readFileSync(join(RULES, name), 'utf8');
    const schema = name === 'limits.yaml' ? 'limits.schema.json' : 'schema.json';
    expect(text.split('\n', 1)[0]).toBe(`# yaml-language-server: $schema=./${schema}`);
    expect(misfits(name === 'limits.yaml' ? isLimits : isRule, text)).toEqual([]);
  });

  test.each(SCHEMA_FILES)('%s describes every field', (name) => {
    expect(undescribed(JSON.parse(schemas[name]))).toEqual([]);
  });

  test('a condition is completed for every detector', () => {
    const names = DETECTORS.map(({ name }) => name).filter(
      (name) => name !== 'phrases' && name !== 'patterns',
    );
    const offered = JSON.parse(schemas['schema.json']).properties.when.items.anyOf.flatMap(
      (form: { properties: { detector?: { const: string } } }) => form.properties.detector?.const ?? [],
    );
    expect(offered).toEqual(names);
  });
});

/** Fields that have no description, by the keys that lead to them. */
function undescribed(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const here = `${path}/${key}`;
    const fields = key === 'properties' ? Object.entries(Object(value)) : [];
    const missing = fields.filter(([, field]) => !Object.hasOwn(Object(field), 'description'));
    return [...missing.map(([name]) => `${here}/${name}`), ...undescribed(value, here)];
  });
}

/** What is wrong, the lines of the rule file that make it so, and a place that the schema finds fault with. */
const WRONG: readonly (readonly [why: string, lines: Readonly<Record<number, string>>, at: string])[] = [
  ['an unknown key', { 7: 'exampels: {}' }, ''],
  ['a key that is missing', { 4: '' }, ''],
  ['a misspelt action', { 4: 'action: rejct' }, '/action'],
  ['a misspelt mode', { 7: 'mode: shaddow' }, '/mode'],
  ['a text for a truth', { 7: 'enabled: "true"' }, '/enabled'],
  ['an id with a capital', { 1: 'id: Abuse' }, '/id'],
  ['a number for a text', { 2: 'guideline: 12' }, '/guideline'],
  ['a blank text', { 3: 'message: "  "' }, '/message'],
  ['a day that no year has', { 7: 'expires: 2026-02-30' }, '/expires'],
  ['sections outside their map', { 7: 'applies: /sport/*' }, '/applies'],
  ['a section that no path can fit', { 7: 'applies: { url: [sport/*] }' }, '/applies/url/0'],
  ['no conditions', { 5: 'when: []', 6: '' }, '/when'],
  ['a condition without its -', { 6: '  phrases: [idiot]' }, '/when'],
  ['two kinds in one condition', { 7: "    pattern: 'x'" }, '/when/0'],
  ['a misspelt option', { 7: '    exacct: true' }, '/when/0'],
  ['a misspelt detector', { 6: '  - detector: profanty' }, '/when/0/detector'],
  ['an option of another detector', { 6: '  - { detector: shouting, label: toxicity }' }, '/when/0'],
  ['a misspelt label', { 6: '  - { detector: toxicity, label: toxcity }' }, '/when/0/label'],
  ['somebody whom nothing is aimed at', { 6: '  - { detector: toxicity, at: [raeder] }' }, '/when/0/at/0'],
  ['an option out of range', { 6: '  - { detector: shouting, share: 70 }' }, '/when/0/share'],
  ['a percentage', { 7: '    reject: 90' }, '/when/0/reject'],
  ['a phrase outside a list', { 6: '  - phrases: idiot' }, '/when/0/phrases'],
  ['a list that lacks its quotes', { 6: '  - phrases: [{insult}]' }, '/when/0/phrases/0'],
  ['an action of an exception', { 7: 'unless:', 8: '  - { phrases: [a], action: review }' }, '/unless/0'],
  ['quotations that count', { 7: 'unless:', 8: '  - quoted: false' }, '/unless/0/quoted'],
  ['a list with a capital', { 7: 'lists: { Insult: [fool] }' }, '/lists'],
  ['an empty list', { 7: 'lists: { insult: [] }' }, '/lists/insult'],
  ['a misspelt verdict', { 7: 'examples: { rejects: [fool] }' }, '/examples'],
  ['an example with a colon', { 7: 'examples: { approve: [Note: fine.] }' }, '/examples/approve/0'],
];

const WRONG_LIMITS: readonly (readonly [why: string, limits: string, at: string])[] = [
  ['no default tier', 'tiers: {}', '/tiers'],
  ['no windows', 'tiers: { default: [] }', '/tiers/default'],
  ['a tier of no windows', 'tiers: { default: [{ name: a, points: 5, per: 1 }], new: 5 }', '/tiers/new'],
  ['a misspelt key', 'tiers: { default: [{ name: a, point: 5, per: 60s }] }', '/tiers/default/0'],
  ['a limit of none', 'tiers: { default: [{ name: a, points: 0, per: 60s }] }', '/tiers/default/0/points'],
  ['a time in words', 'tiers: { default: [{ name: a, points: 5, per: 1 minute }] }', '/tiers/default/0/per'],
];

describe('what is wrong does not fit', () => {
  test.each(WRONG)('%s', (_, lines, at) => {
    expect(misfits(isRule, ruleWith(lines))).toContain(at);
  });
  test.each(WRONG_LIMITS)('%s', (_, limits, at) => {
    expect(misfits(isLimits, limits)).toContain(at);
  });
  test('and what is right does', () => {
    expect(misfits(isRule, ruleWith())).toEqual([]);
  });
});
