import winkModel from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';
import { lookUp, tagOf } from '../../src/text/english-words.js';
import { tagSentences } from '../../src/text/tagger.js';
import { tagWords } from '../../src/text/tagging-rules.js';

const nlp = winkNLP(winkModel, ['pos']);

/** The words are such as the model has in just this case, and stand one space apart. */
describe('words are tagged as by wink-nlp itself', () => {
  test.each([
    ['the vote was close , so we vote again'],
    ['I like it like that'],
    ['to run a long run'],
    ['that is the one that I saw'],
    ["don't worry , it's late and he can't bark"],
    ['he has left his left shoe there'],
    ['colour and color are spelt otherwise'],
    ['The minister said that prices rise'],
    ['what a nice play ! they play well'],
    ['she could have been more or less right about the right to work'],
    ['running water , broken promises and 10 lost years'],
    ['close the door'],
    ['well , this is well done'],
  ])('%s', (text) => {
    const tokens = nlp.readDoc(text).tokens();
    const known = text.split(' ').flatMap(lookUp);
    expect(known.map((word) => word.text)).toEqual(tokens.out());
    expect(tagWords(known).map(tagOf)).toEqual(tokens.out(nlp.its.pos));
  });
});

/** As people write; words that only our tagger knows in another case than written are left to its own tests. */
describe('sentences are tagged as by wink-nlp itself', () => {
  test.each([
    ['The government has decided to raise the price of rice and wheat from next month.'],
    ['I think that the minister should explain why the new road was never built.'],
    ['She wrote a long letter to the editor, but nobody answered her.'],
    ['When the rain came, the streets of the old town were flooded within an hour.'],
    ['We have been waiting for a decent hospital in this district since my father was young.'],
    ['They said that the bridge would be open before the end of the year, and it was not.'],
    ['Most of the students who passed the examination will leave the state to find work.'],
    ['If you want people to use buses, run more of them and keep them clean.'],
    ['The team played well in the first half and lost its way after the break.'],
    ['My neighbour sold his shop because the taxes were too high.'],
    ['It is easy to blame the police, yet they work long hours for very little money.'],
    ['A good newspaper asks hard questions and prints the answers, even when they hurt.'],
    ['The court ordered the company to pay the workers what it owed them.'],
    ['He could not have known that the train was already late.'],
    ['Nobody should be above the law, and nobody should be below it either.'],
    ['Our schools need teachers, not more speeches about education.'],
    ['What happened to the money that was promised to the farmers last summer?'],
    ['The river is dirty because factories pour their waste into it every night.'],
    ['You may disagree with her politics, but she has always told the truth.'],
    ['I see that children learn faster when they are not afraid of making mistakes.'],
    ['There were about twenty people in the hall, and half of them were asleep.'],
    ['The author writes as if the war had never taken place.'],
    ['Our cricket is a game; it should not be a reason to hate anyone.'],
    ['Let us hope that the next budget does more for small towns.'],
    ['The doctor told me to walk for thirty minutes a day and to eat less sugar.'],
    ['Those who broke the windows must pay for them.'],
  ])('%s', (text) => {
    const tokens = nlp.readDoc(text).tokens();
    const words = tagSentences(text).flatMap((sentence) => sentence.words);
    expect(words.map((word) => word.text)).toEqual(tokens.out());
    expect(words.map((word) => word.tag)).toEqual(tokens.out(nlp.its.pos));
  });
});
