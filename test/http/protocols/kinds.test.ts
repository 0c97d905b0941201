import OpenAI from 'openai';
import { type Served, serveApp } from '../../helpers/served-app.js';
import { googleClient } from './google-client.js';
import { AnalyzeShape } from './perspective-shapes.js';

// What the default rules say of kinds of abuse, for clients that ask by kind: a listed word is surer than the
// classifier, which knows hardly any threat.

let served: Served;
beforeAll(async () => {
  served = await serveApp();
});
afterAll(() => served.stop());

test.each<{ text: string; above: string[]; below: string[] }>([
  { text: 'I will kill you.', above: ['THREAT', 'TOXICITY', 'SEVERE_TOXICITY'], below: ['PROFANITY'] },
  { text: 'You should be shot for writing this.', above: ['THREAT', 'TOXICITY'], below: ['IDENTITY_ATTACK'] },
  { text: 'Go kill yourself.', above: ['THREAT', 'TOXICITY'], below: ['PROFANITY', 'IDENTITY_ATTACK'] },
  { text: 'Kill all the muslims.', above: ['THREAT', 'IDENTITY_ATTACK', 'TOXICITY'], below: ['PROFANITY'] },
  { text: 'Migrants are vermin.', above: ['IDENTITY_ATTACK', 'TOXICITY'], below: ['THREAT', 'PROFANITY'] },
  {
    text: 'What the f.u.c.k is this article about?',
    above: ['PROFANITY', 'OBSCENE', 'TOXICITY'],
    below: ['THREAT'],
  },
  { text: 'Kiss my ass.', above: ['PROFANITY', 'INSULT', 'TOXICITY'], below: ['THREAT', 'SEVERE_TOXICITY'] },
  { text: 'The author is a paid stooge of the Chinese.', above: ['INSULT', 'TOXICITY'], below: ['THREAT'] },
  // What a person is to look at stays at 0.8 by the rules.
  { text: 'How much were you paid to write this?', above: [], below: ['INSULT', 'TOXICITY', 'THREAT'] },
  { text: 'They should be lynched for what they did.', above: [], below: ['THREAT'] },
  // Denied, told of others or quoted: the rules do not fire.
  { text: 'He said that he would kill you, and that is a crime.', above: [], below: ['THREAT'] },
  { text: 'The minister was killed by a bomb in Kabul.', above: [], below: ['THREAT', 'TOXICITY'] },
])('"$text" is above 0.8 in $above, and not in $below', async ({ text, above, below }) => {
  const { analyze } = await googleClient(served.url);
  const requestedAttributes = Object.fromEntries([...above, ...below].map((name) => [name, {}]));
  const { data } = await analyze({
    requestBody: { comment: { text }, languages: ['en'], requestedAttributes },
  });
  const { attributeScores } = AnalyzeShape.parse(data);
  const high = Object.keys(attributeScores).filter(
    (name) => (attributeScores[name]?.summaryScore.value ?? 0) > 0.8,
  );
  expect(high).toEqual(above);
});

test.each<{ input: string; categories: string[] }>([
  { input: 'I will kill you.', categories: ['harassment', 'harassment/threatening', 'violence'] },
  {
    input: 'Kill all the muslims.',
    categories: ['harassment', 'harassment/threatening', 'hate', 'hate/threatening', 'violence'],
  },
  { input: 'Migrants are vermin.', categories: ['hate'] },
  { input: 'How much were you paid to write this?', categories: [] },
])('OpenAI\'s categories of "$input" are $categories', async ({ input, categories }) => {
  const client = new OpenAI({ apiKey: 'any', baseURL: `${served.url}/v1`, maxRetries: 0 });
  const { results } = await client.moderations.create({ input });
  const named = Object.entries(results[0]?.categories ?? {}).filter(([, value]) => value);
  expect(named.map(([name]) => name)).toEqual(categories);
});
