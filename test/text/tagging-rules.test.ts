import winkModel from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';
import { lookUp, tagOf } from '../../src/text/english-words.js';
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
